import { single } from './construct.ts'
import { isFloat, type Dtype, type Float } from './dtype.ts'
import type { Op } from './expression.ts'
import { broadcastTo } from './movement.ts'
import { broadcastSizes, equalShapes, type Shape } from './shape.ts'
import { isTensor, makeTensor, type AnyTensor, type Tensor } from './tensor.ts'

/** The shape of two operands broadcast together, as far as the type checker can tell. */
export type Joined<A extends Shape, B extends Shape> = A extends readonly []
  ? B
  : B extends readonly []
    ? A
    : [A, B] extends [B, A]
      ? A
      : Shape

/** A function of one float tensor, element by element. */
export type FloatFunction = <S extends Shape, D extends Float>(x: Tensor<S, D>) => Tensor<S, D>

/** A function of one tensor of any dtype, element by element. */
export type NumberFunction = <S extends Shape, D extends Dtype>(x: Tensor<S, D>) => Tensor<S, D>

/** The dtypes that may stand beside `D`: floats do not mix with int32. */
export type Alike<D extends Dtype> = D extends 'int32' ? 'int32' : Float

/** A function of two operands broadcast together, to the same dtype or to int32. */
type OperandsTo<Result extends 'same' | 'int32'> = <
  D extends Dtype,
  E extends D | Alike<D>,
  A extends Shape = readonly [],
  B extends Shape = readonly [],
>(
  a: Tensor<A, D> | number,
  b: Tensor<B, E> | number,
) => Tensor<Joined<A, B>, Result extends 'int32' ? 'int32' : NoInfer<D & E>>

/**
 * An operator on two tensors of one dtype, or a tensor and a number, broadcast by the rules of NumPy. Two numbers are
 * float32 scalars.
 */
export type BinaryOperator = OperandsTo<'same'>

/** A comparison of two tensors, or a tensor and a number: int32, 1 where it holds and 0 elsewhere. */
export type Comparison = OperandsTo<'int32'>

type FloatOp = 'sqrt' | 'exp' | 'expm1' | 'log' | 'log1p' | 'sin' | 'cos' | 'tanh' | 'sigmoid' | 'erf'
type NumberOp = 'neg' | 'abs' | 'sign' | 'floor'
type ArithmeticOp = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'maximum' | 'minimum'
type ComparisonOp = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual'

const unary =
  (op: FloatOp | NumberOp) =>
  <S extends Shape, D extends Dtype>(x: Tensor<S, D>): Tensor<S, D> =>
    makeTensor({ op, operands: [x] }, x.shape, x.dtype)

const floatFunction =
  (op: FloatOp): FloatFunction =>
  (x) => {
    if (!isFloat(x.dtype))
      throw new TypeError(`${op}: takes float32 or float64, not int32; convert with cast`)
    return unary(op)(x)
  }

function lift(op: Op, a: AnyTensor | number, b: AnyTensor | number): readonly [AnyTensor, AnyTensor] {
  const beside = (value: number, { dtype }: AnyTensor) =>
    single(`${op}: the number beside a tensor of ${dtype}`, value, dtype)
  if (isTensor(a)) return [a, isTensor(b) ? b : beside(b, a)]
  if (isTensor(b)) return [beside(a, b), b]
  return [single(`${op}: the first operand`, a, 'float32'), single(`${op}: the second operand`, b, 'float32')]
}

function broadcastTogether(
  op: Op,
  a: AnyTensor | number,
  b: AnyTensor | number,
): readonly [AnyTensor, AnyTensor] {
  const [left, right] = lift(op, a, b)
  if (left.dtype !== right.dtype)
    throw new TypeError(`${op}: ${left.dtype} and ${right.dtype} do not mix; convert one of them with cast`)
  if (equalShapes(left.shape, right.shape)) return [left, right]
  const sizes = broadcastSizes(op, left.shape, right.shape)
  return [broadcastTo(left, sizes), broadcastTo(right, sizes)]
}

const arithmetic =
  (op: ArithmeticOp): BinaryOperator =>
  <D extends Dtype, E extends D | Alike<D>>(a: Tensor<Shape, D> | number, b: Tensor<Shape, E> | number) => {
    const operands = broadcastTogether(op, a, b)
    return makeTensor({ op, operands }, operands[0].shape, operands[0].dtype as D & E)
  }

const comparison =
  (op: ComparisonOp): Comparison =>
  (a, b) => {
    const operands = broadcastTogether(op, a, b)
    return makeTensor({ op, operands }, operands[0].shape, 'int32')
  }

/** -x. */
export const neg: NumberFunction = unary('neg')
/** |x|. */
export const abs: NumberFunction = unary('abs')
/** -1, 0 or 1 as x is negative, zero or positive; NaN for NaN. */
export const sign: NumberFunction = unary('sign')
/** The largest integer not above x. */
export const floor: NumberFunction = unary('floor')
/** The square root of x; NaN below 0. */
export const sqrt: FloatFunction = floatFunction('sqrt')
/** e^x. */
export const exp: FloatFunction = floatFunction('exp')
/** e^x - 1, exact where x is tiny. */
export const expm1: FloatFunction = floatFunction('expm1')
/** The natural logarithm of x; -Infinity at 0, NaN below. */
export const log: FloatFunction = floatFunction('log')
/** log(1 + x), exact where x is tiny. */
export const log1p: FloatFunction = floatFunction('log1p')
/** The sine of x, in radians. */
export const sin: FloatFunction = floatFunction('sin')
/** The cosine of x, in radians. */
export const cos: FloatFunction = floatFunction('cos')
/** The hyperbolic tangent of x. */
export const tanh: FloatFunction = floatFunction('tanh')
/** 1 / (1 + e^-x), without overflow at either end. */
export const sigmoid: FloatFunction = floatFunction('sigmoid')
/** The error function, 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x. */
export const erf: FloatFunction = floatFunction('erf')

/** a + b. */
export const add: BinaryOperator = arithmetic('add')
/** a - b. */
export const sub: BinaryOperator = arithmetic('sub')
/** a * b, element by element. */
export const mul: BinaryOperator = arithmetic('mul')
/** a / b; of int32 the quotient truncated towards zero, 0 where b is 0. */
export const div: BinaryOperator = arithmetic('div')
/** a to the power b; of int32 truncated towards zero, and the nearest int32 where it is out of range. */
export const pow: BinaryOperator = arithmetic('pow')
/** The larger of a and b; NaN if one of them is. */
export const maximum: BinaryOperator = arithmetic('maximum')
/** The smaller of a and b; NaN if one of them is. */
export const minimum: BinaryOperator = arithmetic('minimum')

/** a = b. */
export const equal: Comparison = comparison('equal')
/** a != b; holds for NaN and itself. */
export const notEqual: Comparison = comparison('notEqual')
/** a < b. */
export const less: Comparison = comparison('less')
/** a <= b. */
export const lessEqual: Comparison = comparison('lessEqual')
/** a > b. */
export const greater: Comparison = comparison('greater')
/** a >= b. */
export const greaterEqual: Comparison = comparison('greaterEqual')

/**
 * `a` where `condition` is not 0, `b` elsewhere, all three broadcast together.
 *
 * @param condition an int32 tensor, such as a comparison gives
 * @param a the value where the condition holds, a tensor or a number
 * @param b the value elsewhere, of the dtype of `a`; float32 if both are numbers
 * @throws TypeError if the condition is not int32, the dtypes differ or the shapes do not broadcast
 * @example
 * const x = tensor([-1, 2])
 * toNested(where(greater(x, 0), x, 0)) // => [0, 2]
 */
export function where<
  C extends Shape,
  D extends Dtype,
  E extends D | Alike<D>,
  A extends Shape = readonly [],
  B extends Shape = readonly [],
>(
  condition: Tensor<C, 'int32'>,
  a: Tensor<A, D> | number,
  b: Tensor<B, E> | number,
): Tensor<Joined<C, Joined<A, B>>, NoInfer<D & E>> {
  if (isFloat(condition.dtype))
    throw new TypeError(
      `where: the condition must be int32, such as a comparison gives, not ${condition.dtype as Dtype}`,
    )
  const [left, right] = broadcastTogether('where', a, b)
  const sizes = broadcastSizes('where', condition.shape, left.shape)
  const operands = [
    broadcastTo(condition, sizes),
    broadcastTo(left, sizes),
    broadcastTo(right, sizes),
  ] as const
  return makeTensor({ op: 'where', operands }, sizes, left.dtype as D & E)
}

/**
 * The same numbers in another dtype; to int32 they are truncated towards zero, NaN becomes 0.
 *
 * @example
 * toNested(cast(tensor([1.9, -1.9]), 'int32')) // => [1, -1]
 */
export function cast<S extends Shape, D extends Dtype>(x: Tensor<S, Dtype>, dtype: D): Tensor<S, D> {
  return x.dtype === dtype ? (x as Tensor<S, D>) : makeTensor({ op: 'cast', operands: [x] }, x.shape, dtype)
}

/** x * x, element by element. */
export const square: NumberFunction = (x) => makeTensor({ op: 'mul', operands: [x, x] }, x.shape, x.dtype)
