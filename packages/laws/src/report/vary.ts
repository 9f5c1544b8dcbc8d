import {
  elementCount,
  fromValues,
  isFloat,
  isPattern,
  isTensor,
  mapTree,
  shapeOf,
  toArray,
  transformTree,
  type AnyTensor,
  type LayerInput,
  type Pattern,
  type Tensor,
  type Tree,
} from '@pullback/core'
import { randomFrom } from '../sample/random.ts'
import type { Sample } from '../sample/sample.ts'

/** A tensor of the form of another with other elements. */
export const refilled = (like: AnyTensor, values: ArrayLike<number>): AnyTensor =>
  fromValues(values, [...like.shape], like.dtype)

/** The sample with its float tensors changed; `tensor` is the name of a place, or `dOutput`. */
export function mapFloats(
  sample: Sample,
  change: (values: Float64Array, tensor: string) => ArrayLike<number>,
): Sample {
  const changed = (root: string) => (leaf: AnyTensor, path: string) =>
    isFloat(leaf.dtype)
      ? refilled(leaf, change(Float64Array.from(toArray(leaf)), path === '' ? root : `${root}.${path}`))
      : leaf
  return {
    ...sample,
    params: mapTree(sample.params, changed('params')),
    input: mapTree<Tree>(sample.input, changed('input')) as LayerInput,
    dOutput: changed('dOutput')(sample.dOutput, '') as Tensor,
  }
}

/** The sample with another cotangent. */
export const withCotangent = (sample: Sample, values: ArrayLike<number>): Sample => ({
  ...sample,
  dOutput: refilled(sample.dOutput, values) as Tensor,
})

/** Numbers like these: where all lie above 0, or between 0 and 1, so do the new ones. */
function drawLike(values: Float64Array, draw: () => number): Float64Array {
  const varied = values.some((value) => value !== values[0])
  const positive = varied && values.every((value) => value >= 0)
  const bounded = positive && values.every((value) => value <= 1)
  return values.map(() => {
    const drawn = draw()
    if (bounded) return 1 / (1 + Math.exp(-drawn))
    return positive ? Math.abs(drawn) : drawn
  })
}

/** The sample with standard normal numbers, or positive ones where it has none but those. */
export const redrawn = (sample: Sample, seed: number): Sample =>
  mapFloats(sample, (values, tensor) => drawLike(values, randomFrom(seed, tensor).normal))

/** The sample with every float moved by about a thousandth. */
export const nudged = (sample: Sample, seed: number): Sample =>
  mapFloats(sample, (values, tensor) => {
    if (tensor === 'dOutput') return values
    const { normal } = randomFrom(seed, tensor)
    return values.map((value) => value + 1e-3 * Math.max(1, Math.abs(value)) * normal())
  })

const inputsOf = (input: LayerInput): readonly (readonly [string, AnyTensor])[] =>
  isTensor(input) ? [['', input]] : Object.entries(input)

const patternOf = (sample: Sample, name: string): Pattern | undefined => {
  const { takes } = sample.layer.rule
  return isPattern(takes) ? takes : takes[name]
}

/** The inputs whose first size is free, and that size. */
function batched(sample: Sample): { readonly names: readonly string[]; readonly rows: number } | undefined {
  const found = inputsOf(sample.input).filter(([name, tensor]) => {
    const pattern = patternOf(sample, name)
    return pattern !== undefined && typeof shapeOf(pattern)[0] === 'string' && tensor.shape.length > 0
  })
  const rows = found[0]?.[1].shape[0]
  return rows === undefined || found.some(([, tensor]) => tensor.shape[0] !== rows)
    ? undefined
    : { names: found.map(([name]) => name), rows }
}

/** How many rows the batch of a sample has, if it has a batch. */
export const rowsOf = (sample: Sample): number | undefined => batched(sample)?.rows

/** The elements of these rows; a row beyond the last is drawn. */
function pickRows(tensor: AnyTensor, rows: readonly number[], draw: () => number): AnyTensor {
  const [, ...rest] = tensor.shape
  const width = elementCount(rest)
  const values = toArray(tensor)
  const last = Math.max((tensor.shape[0] ?? 0) - 1, 0)
  const picked = rows.flatMap((row) =>
    Array.from({ length: width }, (_, column) =>
      row > last && isFloat(tensor.dtype)
        ? (drawLike(Float64Array.from(values), draw)[0] ?? 0)
        : (values[Math.min(row, last) * width + column] ?? 0),
    ),
  )
  return fromValues(picked, [rows.length, ...rest], tensor.dtype)
}

/**
 * The sample with these rows of its batch alone, those beyond the last drawn; undefined if it has no batch or the layer
 * does not take them.
 */
export function withRows(sample: Sample, rows: readonly number[]): Sample | undefined {
  const batch = batched(sample)
  if (batch === undefined) return undefined
  const { normal } = randomFrom(sample.seed, 'rows')
  const pick = (tensor: AnyTensor, name: string) =>
    batch.names.includes(name) ? pickRows(tensor, rows, normal) : tensor
  try {
    const input = transformTree<Tree, AnyTensor>(sample.input, pick) as LayerInput
    const { shape } = sample.layer.forward(sample.params, input, sample.context).output
    const kept = shape.length > 0 && shape[0] === rows.length && sample.dOutput.shape[0] === batch.rows
    const dOutput = kept ? (pickRows(sample.dOutput, rows, normal) as Tensor) : sample.dOutput
    return dOutput.shape.join() === shape.join() ? { ...sample, input, dOutput } : undefined
  } catch {
    return undefined
  }
}
