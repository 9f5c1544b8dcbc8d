import type { AnyTensor } from '../../tensor/tensor.ts'
import { isNumber, repeatedScalar } from './constantTerm.ts'
import { raised } from './page.ts'
import { hadamard, scaled, term, type Term } from './term.ts'
import type { Writing } from './writing.ts'

type Two = { readonly operands: readonly [AnyTensor, AnyTensor] }
type Three = { readonly operands: readonly [AnyTensor, AnyTensor, AnyTensor] }

const isConstant = (x: AnyTensor): boolean => repeatedScalar(x)?.expression.op === 'constant'

/** A sum or difference; adding 0 is not written. */
export const elementwise =
  (combine: (a: Term, b: Term) => Term) =>
  ({ operands: [, b] }: Two, { operand }: Writing): Term =>
    isNumber(b, 0) ? operand(0) : combine(operand(0), operand(1))

/** The product element by element, or with a number; multiplying by 1 is not written. */
export function multiply({ operands: [a, b] }: Two, { operand, page, tensor }: Writing): Term {
  if (isNumber(a, 1)) return operand(1)
  if (isNumber(b, 1)) return operand(0)
  if (a === b) return raised(page, operand(0), tensor.shape.length === 0 ? '2' : '\\odot 2', tensor.shape)
  const left = repeatedScalar(a) !== undefined
  const right = repeatedScalar(b) !== undefined
  const isNamed = (index: 0 | 1): boolean => operand(index).symbol !== undefined
  // Of two numbers the constant comes first, then the name.
  const exchanged = !isConstant(a) && (isConstant(b) || (isNamed(1) && !isNamed(0)))
  if (right && (!left || exchanged)) return scaled(operand(1), operand(0))
  return left ? scaled(operand(0), operand(1)) : hadamard(operand(0), operand(1))
}

/** A quotient; that by a number is a multiple. */
export function fraction({ operands: [a, b] }: Two, { operand }: Writing): Term {
  if (isNumber(b, 1)) return operand(0)
  if (repeatedScalar(b) !== undefined && !isConstant(a))
    return scaled(term(`\\frac{1}{${operand(1).tex}}`, 'application'), operand(0))
  return term(`\\dfrac{${operand(0).tex}}{${operand(1).tex}}`, 'application')
}

export const power = (_: Two, { operand, page, tensor }: Writing): Term =>
  raised(page, operand(0), operand(1).tex, tensor.shape)

/** The larger or smaller of two, a number before the other. */
export const extreme =
  (name: string) =>
  ({ operands: [a, b] }: Two, { operand }: Writing): Term => {
    const [first, second] = isConstant(b) && !isConstant(a) ? [1, 0] : [0, 1]
    return term(`${name}(${operand(first).tex}, ${operand(second).tex})`, 'application')
  }

export const absolute = (x: Term): Term => term(`\\lvert ${x.tex} \\rvert`, 'application')

/** The bracket of Iverson, 1 where the condition holds; a one-hot tensor is its own. */
export const compare =
  (relation: string) =>
  ({ operands: [a, b] }: Two, { operand }: Writing): Term => {
    if (relation === '=' && a.expression.op === 'oneHot' && isNumber(b, 1)) return operand(0)
    const condition = `${operand(0).tex} ${relation} ${operand(1).tex}`
    return { ...term(`[${condition}]`, 'application'), condition }
  }

/** One of two by a condition; with 0 elsewhere it is a product with the bracket. */
export function select({ operands: [condition, a, b] }: Three, { operand }: Writing): Term {
  const chosen = operand(0)
  const isBracket = chosen.condition !== undefined || condition.expression.op === 'equal'
  const bracket = isBracket ? chosen : term(`[${chosen.tex} \\ne 0]`, 'application')
  if (isNumber(b, 0)) {
    if (isNumber(a, 1)) return bracket
    return repeatedScalar(a) === undefined ? hadamard(operand(1), bracket) : scaled(operand(1), bracket)
  }
  const holds = chosen.condition ?? (isBracket ? `${chosen.tex} = 1` : `${chosen.tex} \\ne 0`)
  return term(
    `\\begin{cases} ${operand(1).tex} & \\text{where } ${holds} \\\\ ${operand(2).tex} & \\text{elsewhere} \\end{cases}`,
    'sum',
  )
}
