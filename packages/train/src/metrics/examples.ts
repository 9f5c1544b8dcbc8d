import {
  evaluate,
  isPattern,
  isTensor,
  seed,
  toArray,
  type Net,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { hasLabels } from './gauges.ts'
import type { Inputs } from './metric.ts'

/** Examples that an objective takes, checked and computed. */
export interface Examples {
  readonly inputs: Inputs
  /** How many there are. */
  readonly count: number
}

function checkLabels(what: string, objective: Objective, { labels }: Inputs): void {
  const { classes } = objective.loss.hyperparameters
  if (labels === undefined || typeof classes !== 'number' || !hasLabels(objective)) return
  const values = toArray(labels)
  const position = values.findIndex((label) => label < 0 || label >= classes)
  if (position >= 0)
    throw new RangeError(
      `${what}: label ${position} is ${values[position]}, but there are ${classes} classes, 0 to ${classes - 1}`,
    )
}

function countOf(what: string, inputs: Inputs): number {
  const [first, ...others] = Object.entries(inputs).map(([name, tensor]) => {
    const [count] = tensor.shape
    if (count === undefined)
      throw new TypeError(`${what}: '${name}' is a scalar; its first axis should be that of the examples`)
    return { name, count }
  })
  if (first === undefined) throw new TypeError(`${what}: the objective has no inputs`)
  const other = others.find(({ count }) => count !== first.count)
  if (other !== undefined)
    throw new RangeError(
      `${what}: there are ${first.count} examples of '${first.name}' but ${other.count} of '${other.name}'`,
    )
  if (first.count === 0) throw new RangeError(`${what}: there are no examples`)
  return first.count
}

/** The inputs of an objective in what is given, computed. */
export function examplesOf(what: string, objective: Objective, given: unknown): Examples {
  const { takes } = objective.rule
  const record =
    typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {}
  const inputs = Object.fromEntries(
    Object.keys(isPattern(takes) ? {} : takes).map((name) => {
      const tensor = Object.hasOwn(record, name) ? record[name] : undefined
      if (!isTensor(tensor))
        throw new TypeError(
          `${what}: '${name}' is ${tensor === undefined ? 'missing' : 'not a tensor'}; the objective takes ${Object.keys(takes).join(', ')}`,
        )
      return [name, tensor]
    }),
  )
  const count = countOf(what, inputs)
  const computed = evaluate(inputs)
  checkLabels(what, objective, computed)
  return { inputs: computed, count }
}

/** Throws the sentence of the layer that some examples or parameters do not fit; computes nothing. */
export function checkFit(what: string, objective: Objective, params: TreeRecord, { inputs }: Examples): void {
  const erased: Net = objective
  try {
    erased.forward(params, inputs, { key: seed(0) })
  } catch (error) {
    if (error instanceof TypeError) throw new TypeError(`${what}: ${error.message}`, { cause: error })
    throw error
  }
}
