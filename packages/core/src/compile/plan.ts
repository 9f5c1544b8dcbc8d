import type { Dtype, TypedArray } from '../tensor/dtype.ts'

/**
 * A computation planned for fixed shapes: kernels in the order in which they run, on buffers whose places are known.
 * It is plain data: a backend turns it into something that runs, and knows nothing of tensors.
 */
export interface Plan {
  readonly inputs: readonly Slot[]
  readonly outputs: readonly Slot[]
  /** Which output becomes which input of the next run: the state of a fold. */
  readonly carried: readonly Carry[]
  readonly buffers: readonly BufferInfo[]
  readonly kernels: readonly Kernel[]
  /** How much memory the arena takes that the buffers of intermediate results share. */
  readonly arenaBytes: number
}

/** An input or output: what it is called in sentences, and the buffer that holds it. */
export interface Slot {
  readonly name: string
  readonly buffer: number
  readonly shape: readonly number[]
  readonly dtype: Dtype
}

export interface Carry {
  readonly output: number
  readonly input: number
}

/**
 * Where the elements of a buffer are. Inputs and outputs have memory of their own, which outlives a run; an output that
 * may overwrite the input it is carried to shares its buffer. The offset in the arena is in bytes, a multiple of 64.
 */
export type Place =
  | { readonly kind: 'input' | 'output'; readonly index: number }
  | { readonly kind: 'constant'; readonly values: TypedArray }
  | { readonly kind: 'arena'; readonly offset: number }

export interface BufferInfo {
  readonly dtype: Dtype
  /** How many elements it has. */
  readonly length: number
  readonly place: Place
}

/** What a kernel sees of a buffer: the element at `offset + sum of strides[axis] * position[axis]`, all in elements. */
export interface View {
  readonly buffer: number
  readonly offset: number
  /** One for each axis of the loop; 0 where the element repeats. */
  readonly strides: readonly number[]
}

export type UnaryOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'sqrt'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
export type ArithmeticOp = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'maximum' | 'minimum'
export type ComparisonOp = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual'

/**
 * One operation of a loop on one element; `operands` are positions of earlier operations in its code. `dtype` is that of
 * the result: a comparison gives int32, 1 or 0, of operands of one other dtype.
 */
export type Scalar =
  | { readonly op: 'load'; readonly view: number; readonly dtype: Dtype }
  | { readonly op: 'constant'; readonly value: number; readonly dtype: Dtype }
  /** The position along an axis of the loop, as a number of the dtype. */
  | { readonly op: 'index'; readonly axis: number; readonly dtype: Dtype }
  | { readonly op: UnaryOp | 'cast'; readonly operands: readonly [number]; readonly dtype: Dtype }
  | {
      readonly op: ArithmeticOp | ComparisonOp
      readonly operands: readonly [number, number]
      readonly dtype: Dtype
    }
  /** The second operand where the first, an int32, is not 0, the third elsewhere. */
  | { readonly op: 'where'; readonly operands: readonly [number, number, number]; readonly dtype: Dtype }

/** An element written for every position of a loop; the strides of the view make positions distinct. */
export interface Store {
  readonly value: number
  readonly view: View
}

/**
 * A reduction of a value over axes of a loop; the view has stride 0 along them. `argmax`, over one axis, gives the int32
 * position of the largest, the first of several, NaN being largest. Float32 sums of more than 1000 elements are not
 * accumulated naively. A maximum or minimum with a NaN is NaN; the sum of nothing is 0.
 */
export interface Reduction {
  readonly op: 'sum' | 'max' | 'min' | 'argmax'
  readonly value: number
  readonly view: View
}

/**
 * A nest of loops over all positions of its axes: loads, operations, stores and reductions, fused.
 *
 * Every load is of an element that no store of this loop writes, or of the very element that the store of the same
 * position writes (in place). All reductions run over the axes `reduced`, positions in `axes` in rising order, that
 * are neighbours: axes before them, axes they run over, axes after them. There is at least one axis; axes that can be
 * merged are merged unless their positions were more than 2^31 - 1, and none has size 1 unless it is the only one. An axis of size 0 stores nothing and reduces
 * nothing (sums of nothing are 0 and still written for the positions of the other axes).
 */
export interface Loop {
  readonly kind: 'loop'
  readonly axes: readonly number[]
  readonly loads: readonly View[]
  readonly code: readonly Scalar[]
  readonly stores: readonly Store[]
  readonly reduced: readonly number[]
  readonly reductions: readonly Reduction[]
}

/** A matrix, or one for each item of a batch, within a buffer; strides in elements, 0 where a batch shares one matrix. */
export interface MatrixView {
  readonly buffer: number
  readonly offset: number
  readonly batchStride: number
  readonly rowStride: number
  readonly columnStride: number
}

/**
 * The products of `batch` matrices `[m, k]` and `[k, n]`, written densely, row by row, to `out`; zeros where k is 0.
 *
 * The epilogue is a loop without reductions over `[batch * m, n]` (or `[batch * m * n]` merged never: always these two
 * axes, even of size 1), run for rows whose products are complete, as soon as they are: it may load `out` at its own
 * position and anything else that is complete before the kernel runs. `out` is then an arena buffer, which the epilogue may
 * overwrite in place.
 */
export interface Matmul {
  readonly kind: 'matmul'
  readonly dtype: Dtype
  readonly batch: number
  readonly m: number
  readonly n: number
  readonly k: number
  readonly a: MatrixView
  readonly b: MatrixView
  readonly out: number
  readonly epilogue: Loop | undefined
}

/** `out[o, i, j] = source[o, indices[i], j]`, all dense: source `[outer, count, inner]`, out `[outer, items, inner]`. */
export interface Gather {
  readonly kind: 'gather'
  readonly outer: number
  readonly count: number
  readonly inner: number
  readonly items: number
  readonly source: number
  readonly indices: number
  readonly out: number
}

/** `out[o, indices[i], j] += source[o, i, j]` on zeros: source `[outer, items, inner]`, out `[outer, count, inner]`; float32 sums are taken in float64. */
export interface ScatterAdd {
  readonly kind: 'scatterAdd'
  readonly outer: number
  readonly count: number
  readonly inner: number
  readonly items: number
  readonly source: number
  readonly indices: number
  readonly out: number
}

/** Stops the run unless every element of an int32 buffer is from 0 to `size` (excluded); `what` is the primitive that needs it. */
export interface Check {
  readonly kind: 'check'
  readonly what: 'gather' | 'scatterAdd' | 'oneHot'
  readonly indices: number
  readonly size: number
}

/** Random numbers of a key (int32, two of them) and a stream (int32, one), by position, as the primitive has them. */
export interface Random {
  readonly kind: 'random'
  readonly distribution: 'bits' | 'uniform' | 'normal'
  readonly dtype: Dtype
  readonly key: number
  readonly stream: number
  readonly out: number
}

export type Kernel = Loop | Matmul | Gather | ScatterAdd | Check | Random
