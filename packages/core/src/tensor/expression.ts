import type { AnyTensor } from './tensor.ts'
import type { Values } from './values.ts'

type None = readonly []
type One = readonly [AnyTensor]
type Two = readonly [AnyTensor, AnyTensor]
type Three = readonly [AnyTensor, AnyTensor, AnyTensor]
type Many = readonly [AnyTensor, ...AnyTensor[]]

interface Primitive<Operands, Attributes = unknown> {
  readonly operands: Operands
  readonly attributes: Attributes
}

type Elementwise1 = Primitive<One>
type Elementwise2 = Primitive<Two>
type Reduction = Primitive<One, { readonly axes: readonly number[] }>

/**
 * The primitives, each with its operands and attributes. Everything else is built from these.
 *
 * Operands of elementwise primitives have one shape: `broadcast` is a primitive of its own.
 * Comparisons give int32, 1 where they hold and 0 elsewhere. Reductions drop their axes.
 */
export interface Primitives {
  readonly constant: Primitive<None, { readonly values: Values }>
  readonly input: Primitive<None, { readonly name: string }>
  /** 0, 1, 2, ... along one axis. */
  readonly iota: Primitive<None, { readonly axis: number }>

  readonly neg: Elementwise1
  readonly abs: Elementwise1
  readonly sign: Elementwise1
  readonly floor: Elementwise1
  readonly sqrt: Elementwise1
  readonly exp: Elementwise1
  readonly expm1: Elementwise1
  readonly log: Elementwise1
  readonly log1p: Elementwise1
  readonly sin: Elementwise1
  readonly cos: Elementwise1
  readonly tanh: Elementwise1
  readonly sigmoid: Elementwise1
  readonly erf: Elementwise1
  /** Conversion to another dtype; to int32 it truncates towards zero, as a C cast does. */
  readonly cast: Elementwise1

  readonly add: Elementwise2
  readonly sub: Elementwise2
  readonly mul: Elementwise2
  readonly div: Elementwise2
  readonly pow: Elementwise2
  readonly maximum: Elementwise2
  readonly minimum: Elementwise2

  readonly equal: Elementwise2
  readonly notEqual: Elementwise2
  readonly less: Elementwise2
  readonly lessEqual: Elementwise2
  readonly greater: Elementwise2
  readonly greaterEqual: Elementwise2
  /** The second operand where the first, an int32, is not 0, the third elsewhere. */
  readonly where: Primitive<Three>

  readonly sum: Reduction
  readonly max: Reduction
  readonly min: Reduction
  /** The position of the largest element along one axis, the first of several; NaN counts as largest. */
  readonly argmax: Primitive<One, { readonly axis: number }>

  /** The product of the last two axes, each operand transposed if asked; leading axes are a batch. */
  readonly matmul: Primitive<Two, { readonly transposeA: boolean; readonly transposeB: boolean }>

  readonly reshape: Primitive<One>
  readonly transpose: Primitive<One, { readonly permutation: readonly number[] }>
  readonly broadcast: Primitive<One>
  readonly slice: Primitive<
    One,
    { readonly start: readonly number[]; readonly stop: readonly number[]; readonly step: readonly number[] }
  >
  readonly concat: Primitive<Many, { readonly axis: number }>

  /** The slices of the first operand, along one axis, that the second, an int32, names. */
  readonly gather: Primitive<Two, { readonly axis: number }>
  /** Zeros, with the slices of the first operand added, along one axis, where the second, an int32, says. */
  readonly scatterAdd: Primitive<Two, { readonly axis: number }>
  /** A last axis of zeros with a 1 at the position that the operand, an int32, names. */
  readonly oneHot: Primitive<One>

  /** Random numbers, a function of a key (int32, `[2]`), a stream (int32 scalar) and the position alone. */
  readonly random: Primitive<Two, { readonly distribution: 'bits' | 'uniform' | 'normal' }>
}

/** The name of a primitive. */
export type Op = keyof Primitives

/** The expression of one primitive: its name, its operands, its attributes. */
export type ExpressionOf<K extends Op> = K extends Op
  ? { readonly op: K; readonly operands: Primitives[K]['operands'] } & Primitives[K]['attributes']
  : never

/** What a tensor is: one of the primitives. */
export type Expression = ExpressionOf<Op>

/** A table with a rule for every primitive: forgetting one is a compile error. */
export type Rules<Arguments extends readonly unknown[], Result> = {
  readonly [K in Op]: (expression: ExpressionOf<K>, ...rest: Arguments) => Result
}
