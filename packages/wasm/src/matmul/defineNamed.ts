import type { Code, ValueType } from '../assembler/code.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'

/** Defines a function that takes int32 numbers, known to its body by their names, and gives nothing. */
export const defineNamed = <Name extends string>(
  module: ModuleBuilder,
  names: readonly Name[],
  body: (named: Readonly<Record<Name, Local>>, local: (type: ValueType) => Local) => Code,
): FunctionReference =>
  module.define({ parameters: names.map(() => 'i32' as const), results: [] }, ({ parameters, local }) => {
    const entries = names.flatMap((name, index) => {
      const parameter = parameters[index]
      return parameter === undefined ? [] : [[name, parameter] as const]
    })
    return body(Object.fromEntries(entries) as Record<Name, Local>, local)
  })
