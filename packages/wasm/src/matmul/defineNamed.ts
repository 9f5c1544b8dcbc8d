import type { Code, ValueType } from '../assembler/code.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { namedFunction } from '../assembler/namedFunction.ts'

/** Defines a function that takes int32 numbers, known to its body by their names, and gives nothing. */
export const defineNamed = <Name extends string>(
  module: ModuleBuilder,
  names: readonly Name[],
  body: (named: Readonly<Record<Name, Local>>, local: (type: ValueType) => Local) => Code,
): FunctionReference => namedFunction(module, names, [], body)
