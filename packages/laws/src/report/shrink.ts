import {
  isFloat,
  leaves,
  toArray,
  type AnyTensor,
  type LayerInput,
  type Tensor,
  type Tree,
} from '@pullback/core'
import { mapTree } from '@pullback/core'
import type { Law, Violation } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import { backgrounds, entriesOf } from './entries.ts'
import { refilled, rowsOf, withRows } from './vary.ts'

/** How long a violation is shrunk. */
export interface ShrinkOptions {
  /** How often the law may be asked; 400 times unless given. */
  readonly evaluations?: number
}

/** The tensors of a sample, by name. */
const tensorsOf = ({ params, input, dOutput }: Sample): readonly (readonly [string, AnyTensor])[] => [
  ['dOutput', dOutput],
  ...leaves({ params }),
  ...leaves({ input }),
]

/** The sample with one of its tensors replaced. */
function replaced(sample: Sample, name: string, values: ArrayLike<number>): Sample {
  const put = (root: string) => (leaf: AnyTensor, path: string) =>
    (path === '' ? root : `${root}.${path}`) === name ? refilled(leaf, values) : leaf
  return {
    ...sample,
    params: mapTree(sample.params, put('params')),
    input: mapTree<Tree>(sample.input, put('input')) as LayerInput,
    dOutput: put('dOutput')(sample.dOutput, '') as Tensor,
  }
}

const isNotZero = (tensor: AnyTensor): boolean => toArray(tensor).some((value) => value !== 0)

/** Asks the law whether a simpler sample is still a counterexample of the same kind, as long as it may. */
function judge(law: Law, violation: Violation, evaluations: number) {
  let left = evaluations
  const asks = isNotZero(violation.sample.dOutput)
  return (sample: Sample): Violation | undefined => {
    // Where nothing is asked for, laws ask for something of their own, and the report would not say what.
    if (left === 0 || (asks && !isNotZero(sample.dOutput))) return undefined
    left -= 1
    try {
      const outcome = law.check(sample)
      if (outcome.verdict !== 'violated') return undefined
      const { place, analytic } = outcome.violation
      const same =
        place?.tensor === violation.place?.tensor &&
        Number.isFinite(analytic ?? 0) === Number.isFinite(violation.analytic ?? 0)
      return same ? outcome.violation : undefined
    } catch {
      return undefined
    }
  }
}

type Judge = ReturnType<typeof judge>

/** As few rows as show it. */
function fewerRows(violation: Violation, accept: Judge): Violation {
  const rows = rowsOf(violation.sample) ?? 0
  const all = Array.from({ length: rows }, (_, row) => row)
  const choices = [...all.map((row) => [row]), ...(rows > 2 ? all.slice(1).map((row) => [0, row]) : [])]
  for (const choice of rows > 1 ? choices : []) {
    const sample = withRows(violation.sample, choice)
    const found = sample && accept(sample)
    if (found) return found
  }
  return violation
}

/** Sets spans of a tensor to a simple value: the whole, then halves, down to single entries. */
function clearTensor(violation: Violation, name: string, background: number, accept: Judge): Violation {
  let best = violation
  const valuesOf = () => {
    const tensor = tensorsOf(best.sample).find(([each]) => each === name)?.[1]
    return tensor ? Array.from(toArray(tensor)) : []
  }
  const clear = (start: number, stop: number): void => {
    const values = valuesOf()
    if (values.slice(start, stop).every((value) => value === background)) return
    const cleared = values.map((value, entry) => (entry >= start && entry < stop ? background : value))
    const found = accept(replaced(best.sample, name, cleared))
    if (found) best = found
    else if (stop - start > 1) {
      const middle = (start + stop) >> 1
      clear(start, middle)
      clear(middle, stop)
    }
  }
  clear(0, valuesOf().length)
  return best
}

const simpler = (value: number): readonly number[] =>
  [1, -1, 2, -2, Math.round(value), Number(value.toPrecision(1)), Number(value.toPrecision(2))].filter(
    (candidate, place, all) => all.indexOf(candidate) === place && candidate !== value && candidate !== 0,
  )

/** Replaces the entries that are left by simple numbers. */
function simplifyTensor(violation: Violation, name: string, accept: Judge): Violation {
  let best = violation
  const tensorNow = () => tensorsOf(best.sample).find(([each]) => each === name)?.[1]
  const tensor = tensorNow()
  if (tensor === undefined || !isFloat(tensor.dtype)) return violation
  for (const { position, value } of entriesOf(tensor).others) {
    if (Number.isInteger(value) && Math.abs(value) <= 2) continue
    for (const candidate of simpler(value)) {
      const values = Array.from(toArray(tensorNow() ?? tensor))
      values[position] = candidate
      const found = accept(replaced(best.sample, name, values))
      if (found) {
        best = found
        break
      }
    }
  }
  return best
}

/** How many entries of a sample are neither 0 nor the 1 that most entries of their tensor are. */
export const nonTrivial = (sample: Sample): number =>
  tensorsOf(sample).reduce((count, [, tensor]) => count + entriesOf(tensor).others.length, 0)

/**
 * A violation of the same law, in the same tensor, at a sample of fewer rows and of as few entries as show it; the law
 * is the judge.
 */
export function shrinkViolation(
  law: Law,
  violation: Violation,
  { evaluations = 400 }: ShrinkOptions = {},
): Violation {
  const accept = judge(law, violation, evaluations)
  let best = fewerRows(violation, accept)
  for (const [name] of tensorsOf(best.sample))
    for (const background of backgrounds) {
      const found = clearTensor(best, name, background, accept)
      if (nonTrivial(found.sample) < nonTrivial(best.sample)) best = found
    }
  for (const [name] of tensorsOf(best.sample)) best = simplifyTensor(best, name, accept)
  return best
}
