import type { Code, ValueType } from './code.ts'
import type { FunctionReference, Local, ModuleBuilder } from './module.ts'

/** Defines a function that takes int32 numbers, known to its body by their names. */
export const namedFunction = <Name extends string>(
  module: ModuleBuilder,
  names: readonly Name[],
  results: readonly ValueType[],
  body: (named: Readonly<Record<Name, Local>>, local: (type: ValueType) => Local) => Code,
): FunctionReference =>
  module.define({ parameters: names.map(() => 'i32'), results }, ({ parameters, local }) => {
    const entries = names.flatMap((name, index) => {
      const parameter = parameters[index]
      return parameter === undefined ? [] : [[name, parameter] as const]
    })
    return body(Object.fromEntries(entries) as Record<Name, Local>, local)
  })
