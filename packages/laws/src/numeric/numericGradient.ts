import {
  backendOf,
  elementCount,
  fromValues,
  input,
  isConstant,
  isFloat,
  isTensor,
  leaves,
  mapTree,
  toArray,
  toNumber,
  transformTree,
  type AnyTensor,
  type Backend,
  type BackendChoice,
  type Tree,
} from '@pullback/core'
import { certifySamples } from './certify.ts'
import { compiledAt } from './compiledAt.ts'
import { fourfold } from './ladder.ts'
import { manyAt, type ManyAt } from './manyAt.ts'

/** The gradient of a function by every entry of a tree, each with what it may be off by. */
export interface NumericGradient<T extends Tree> {
  /** float64, of the form of the tree; zero for int32 tensors. */
  readonly gradient: T
  /** How far each entry may be from the true derivative; at a kink both one-sided derivatives are this near. */
  readonly bounds: T
  /** 1 for entries whose bound is too wide to tell anything, as at a kink, and 0 elsewhere. */
  readonly unresolved: T
}

/** How samples are computed. */
export interface NumericGradientOptions {
  /** What computes an expression: `'auto'`, the fastest backend that is there, unless given. */
  readonly backend?: BackendChoice
}

/** A bound beyond this share of the largest derivative tells nothing. */
const blind = 1e-3

/** So many numbers may the displaced copies of the tree together have. */
const room = 2 ** 20

/**
 * The gradient of a scalar function by certified finite differences, without a step or a tolerance to choose.
 *
 * Samples of f at a ladder of steps on both sides are extrapolated to step 0; the bound comes from how well the
 * extrapolations agree with each other and from the rounding seen in the samples.
 *
 * @param f of a tree of tensors; gives a number or a constant of one element, as what `compile` gives does, for every
 * sample, or an expression of the tensors given: then it is called once more with named inputs in the place of the tree's
 * float tensors, and that expression is computed, compiled once, for all samples
 * @throws TypeError if f gives a tensor of more than one element
 * @example
 * const { gradient } = numericGradient((at: { x: Tensor }) => sum(mul(at.x, at.x)))({ x: tensor([1, 2], 'float64') })
 * Array.from(toArray(gradient.x), Math.round) // => [2, 4]
 */
export const numericGradient =
  <T extends Tree>(f: (at: T) => AnyTensor | number, options: NumericGradientOptions = {}) =>
  (at: T): NumericGradient<T> => {
    const entries = leaves(at).flatMap(([path, tensor]) =>
      isFloat(tensor.dtype) ? [{ path, tensor, values: Float64Array.from(toArray(tensor)) }] : [],
    )
    const total = entries.reduce((sum, { values }) => sum + values.length, 0)
    const evaluate = scalarAt(f, at, backendOf(options.backend ?? 'auto'))
    const rows = fourfold.offsets.length
    const together = Math.max(1, Math.floor(room / Math.max(1, total * rows)))
    const scale = entries.reduce((most, { values }) => largest(values, most), 1)
    const unit = entries.some(({ tensor }) => tensor.dtype === 'float32') ? 2 ** -24 : 2 ** -53
    const value = new Float64Array(total)
    const error = new Float64Array(total)
    const gap = new Float64Array(total)
    for (let from = 0; from < total; from += together) {
      const count = Math.min(together, total - from)
      let before = 0
      const copies = entries.map(({ values }) => {
        const points = new Float64Array(values.length * count * rows)
        for (let copy = 0; copy < count * rows; copy++) {
          points.set(values, copy * values.length)
          const entry = from + Math.floor(copy / rows) - before
          if (entry >= 0 && entry < values.length)
            points[copy * values.length + entry] = (values[entry] ?? 0) + (fourfold.offsets[copy % rows] ?? 0)
        }
        before += values.length
        return points
      })
      const [samples = new Float64Array(0)] = evaluate(copies, count * rows)
      for (let index = 0; index < count; index++) {
        const found = certifySamples(samples.subarray(index * rows, (index + 1) * rows), 1, fourfold, {
          scale,
          unit,
        })
        value[from + index] = found.value[0] ?? 0
        error[from + index] = found.error[0] ?? Infinity
        gap[from + index] = found.gap[0] ?? 0
      }
    }
    const size = largest(value, 1e-6)
    const flags = error.map((bound, entry) => (bound <= blind * size && gap[entry] === 0 ? 0 : 1))
    const tree = (all: Float64Array, dtype: 'float64' | 'int32'): T => {
      let before = 0
      return transformTree(at, (tensor) => {
        const count = elementCount(tensor.shape)
        if (!isFloat(tensor.dtype)) return fromValues(new Float64Array(count), [...tensor.shape], 'float64')
        before += count
        const own = all.subarray(before - count, before)
        return fromValues(dtype === 'int32' ? Int32Array.from(own) : own, [...tensor.shape], dtype)
      }) as Tree as T
    }
    return {
      gradient: tree(value, 'float64'),
      bounds: tree(error, 'float64'),
      unresolved: tree(flags, 'int32'),
    }
  }

const largest = (values: Float64Array, atLeast: number): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), atLeast)

function single(tensor: AnyTensor): AnyTensor {
  if (elementCount(tensor.shape) !== 1)
    throw new TypeError(`numericGradient: the function gives [${tensor.shape.join(', ')}], not a scalar`)
  return tensor
}

/** The function at copies of the float tensors: as one expression if it gives one, else one call after the other. */
function scalarAt<T extends Tree>(f: (at: T) => AnyTensor | number, at: T, backend: Backend): ManyAt {
  const there = f(at)
  if (isTensor(there) && !isConstant(single(there))) {
    const root = f(
      mapTree(at, (tensor, path) =>
        isFloat(tensor.dtype) ? input(path, [...tensor.shape], tensor.dtype) : tensor,
      ),
    ) as AnyTensor
    single(root)
    const variables = leaves(at).flatMap(([name, { shape, dtype }]) =>
      isFloat(dtype) ? [{ name, shape, dtype }] : [],
    )
    return backend.name === 'reference' ? manyAt([root], variables) : compiledAt(backend, [root], variables)
  }
  return (copies, count) => [
    Float64Array.from({ length: count }, (_, copy) => {
      let leaf = -1
      const given = mapTree(at, (tensor) => {
        if (!isFloat(tensor.dtype)) return tensor
        leaf += 1
        const size = elementCount(tensor.shape)
        const own = copies[leaf]?.subarray(copy * size, (copy + 1) * size) ?? []
        return fromValues(own, [...tensor.shape], tensor.dtype)
      })
      const result = f(given)
      return isTensor(result) ? toNumber(result) : result
    }),
  ]
}
