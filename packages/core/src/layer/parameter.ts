import { evaluate } from '../evaluate/evaluate.ts'
import type { Float } from '../tensor/dtype.ts'
import { frozen } from '../shape/frozen.ts'
import { checkSizes } from '../tensor/shape.ts'
import { fold, type Key } from '../tensor/random.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { initialValue, type Initializer } from './initializer.ts'

/** A parameter as a layer declares it: its shape and how it begins. */
export interface Parameter<S extends readonly number[] = readonly number[]> {
  readonly shape: S
  readonly initializer: Initializer
}

/** The parameters of a layer by name. */
export interface Parameters {
  readonly [name: string]: Parameter
}

/** The parameters of a net: those of its layers by the names of the nodes. */
export interface ParameterTree {
  readonly [name: string]: Parameter | ParameterTree
}

const isParameter = (tree: Parameter | ParameterTree): tree is Parameter => Array.isArray(tree.shape)

/** All parameters of a layer or net with their paths. */
export function declaredParameters(
  tree: ParameterTree,
  path = '',
): readonly (readonly [path: string, Parameter])[] {
  return Object.entries(tree).flatMap(([name, child]) => {
    const here = path === '' ? name : `${path}.${name}`
    return isParameter(child) ? [[here, child] as const] : declaredParameters(child, here)
  })
}

/** The tensors that a declaration of parameters stands for. */
export type TensorsOf<P extends Parameters> = { readonly [K in keyof P]: Tensor<P[K]['shape']> }

/**
 * Declares a parameter of a layer.
 *
 * @param shape its sizes, `[.., fanIn, fanOut]`
 * @param initializer how it begins
 * @throws RangeError if the sizes are not non-negative integers, at most six
 * @example
 * parameter([50, 10], heNormal()).shape // => [50, 10]
 */
export function parameter<const S extends readonly number[]>(
  shape: S,
  initializer: Initializer,
): Parameter<S> {
  checkSizes('parameter', shape)
  return frozen({ shape, initializer })
}

/** Draws every declared parameter: its numbers depend on the key and its name alone. */
export const drawParameters = (
  parameters: Parameters,
  key: Key,
  dtype: Float,
): Readonly<Record<string, Tensor>> =>
  evaluate(
    Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, initializer }]) => [
        name,
        initialValue(initializer, fold(key, name), shape, dtype),
      ]),
    ),
  )
