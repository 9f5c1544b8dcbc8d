import type { CheckedEntry } from '@pullback/laws'

/** One derivative, by backward and by certified differences, with how far apart they may be. */
export interface Derivative extends CheckedEntry {
  readonly relativeError: number
}

/** An entry with the difference relative to the larger of its two numbers, or to `floor` where both are smaller. */
export function derivative(entry: CheckedEntry, floor: number): Derivative {
  const size = Math.max(Math.abs(entry.analytic), Math.abs(entry.numeric), floor)
  return { ...entry, relativeError: size === 0 ? 0 : Math.abs(entry.analytic - entry.numeric) / size }
}

/** The derivatives by the elements of one parameter tensor. */
export interface TensorCheck {
  readonly path: string
  readonly shape: readonly number[]
  readonly size: number
  readonly checked: number
  readonly agreeing: number
  /** Of how many the differences decide nothing. */
  readonly unresolved: number
  /** The derivative that is furthest off in proportion to its bound. */
  readonly worst: Derivative
}

/** The gradient of an objective beside certified differences. */
export interface GradientCheck {
  readonly tensors: readonly TensorCheck[]
  /** How many examples the objective was computed on. */
  readonly examples: number
}

const sumOf = ({ tensors }: GradientCheck, count: (tensor: TensorCheck) => number): number =>
  tensors.reduce((sum, tensor) => sum + count(tensor), 0)

/** All tensors together. */
export const totals = (check: GradientCheck) => ({
  size: sumOf(check, ({ size }) => size),
  checked: sumOf(check, ({ checked }) => checked),
  agreeing: sumOf(check, ({ agreeing }) => agreeing),
  unresolved: sumOf(check, ({ unresolved }) => unresolved),
})

/** The tensor whose worst derivative has the largest relative error. */
export const worstTensor = ({ tensors }: GradientCheck): TensorCheck | undefined =>
  tensors.toSorted((a, b) => b.worst.relativeError - a.worst.relativeError)[0]
