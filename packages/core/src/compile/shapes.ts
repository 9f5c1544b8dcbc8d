import { input } from '../tensor/construct.ts'
import type { Dtype, Float } from '../tensor/dtype.ts'
import type { Shape } from '../tensor/shape.ts'
import { isTensor, type AnyTensor, type Tensor } from '../tensor/tensor.ts'
import type { Tree } from '../tensor/tree.ts'
import { said, show } from './sentence.ts'

/** The shape of an input: sizes of float32 numbers, sizes with a dtype, or a tensor that has both. */
export type InputShape =
  readonly number[] | { readonly shape: readonly number[]; readonly dtype: Dtype } | AnyTensor

/** A tree with a shape in the place of every tensor. */
export type InputShapes = InputShape | { readonly [name: string]: InputShapes }

/** The tensors that a function is traced with: one for each shape of a tree. */
export type TracedInputs<S> = S extends AnyTensor
  ? S
  : S extends readonly number[]
    ? Tensor<S, 'float32'>
    : S extends {
          readonly shape: infer Sizes extends readonly number[]
          readonly dtype: infer D extends Dtype
        }
      ? Tensor<Sizes, D>
      : { readonly [K in keyof S]: TracedInputs<S[K]> }

/** The tensors that a compiled function takes: their shapes, and which float they are, it checks when it is called. */
export type GivenInputs<S> = S extends AnyTensor
  ? S
  : S extends readonly number[]
    ? Tensor
    : S extends { readonly shape: readonly number[]; readonly dtype: infer D extends Dtype }
      ? Tensor<Shape, D extends 'int32' ? 'int32' : Float>
      : { readonly [K in keyof S]: GivenInputs<S[K]> }

const isSizes = (shapes: InputShapes): shapes is readonly number[] => Array.isArray(shapes)

const isSized = (shapes: object): shapes is { readonly shape: readonly number[]; readonly dtype: Dtype } =>
  'dtype' in shapes && typeof shapes.dtype === 'string' && 'shape' in shapes && Array.isArray(shapes.shape)

/** The name of the tensor at a path of a tree: the path, or `alone` if the tree is that tensor. */
export const nameAt = (path: string, alone: string): string => (path === '' ? alone : path)

/** A tree of inputs named by their paths; `what` names the function in sentences. */
export function inputsOf<S extends InputShapes>(what: string, shapes: S): TracedInputs<S> {
  const walk = (node: InputShapes, path: string): Tree => {
    const name = nameAt(path, 'input')
    if (isTensor(node)) return input(name, node.shape, node.dtype)
    if (isSizes(node)) return input(name, node)
    if (typeof node !== 'object' || node === null)
      throw new TypeError(
        `${what}: the shape of ${said(name)} is ${show(node)}; a shape is [5, 4], { shape: [5], dtype: 'int32' } or a tensor`,
      )
    if (isSized(node)) return input(name, node.shape, node.dtype)
    return Object.fromEntries(
      Object.entries(node).map(([key, child]) => [key, walk(child, path === '' ? key : `${path}.${key}`)]),
    )
  }
  return walk(shapes, '') as TracedInputs<S>
}
