import {
  elementCount,
  fromValues,
  isTensor,
  leaves,
  shapeOf,
  toArray,
  type AnyTensor,
  type LayerInput,
  type Pattern,
  type Takes,
} from '@pullback/core'
import { computedAt, formOf } from '../expression/evaluateSample.ts'
import { batchName, withBatch } from '../sample/sizes.ts'
import type { Sample } from '../sample/sample.ts'
import { derivativeAlong } from './derivative.ts'
import type { Law } from './law.ts'
import { holds, violated } from './outcomes.ts'
import { placeOf } from './place.ts'
import { structureLaw } from './structure.ts'

const emptied = (tensor: AnyTensor, pattern: Pattern | undefined): AnyTensor => {
  const shape = pattern === undefined ? tensor.shape : shapeOf(pattern).map(Number)
  return elementCount(shape) === elementCount(tensor.shape) && shape.join() === tensor.shape.join()
    ? tensor
    : fromValues([], shape, tensor.dtype)
}

const emptyInput = (input: LayerInput, shapes: Takes): LayerInput => {
  if (isTensor(input)) return emptied(input, shapes as Pattern)
  const named: Readonly<Record<string, Pattern>> = shapes as Readonly<Record<string, Pattern>>
  return Object.fromEntries(
    Object.entries(input).map(([name, tensor]) => [name, emptied(tensor, named[name])]),
  )
}

/** The sample without its examples; undefined for a layer that has no batch, or whose rule refuses an empty one. */
function withoutExamples(sample: Sample): Sample | undefined {
  const { layer, input } = sample
  const { takes } = layer.rule
  const name = batchName(takes)
  if (name === undefined) return undefined
  const shapes = withBatch(takes, formOf(sample).shapes, 0)
  const gives = layer.rule.apply(shapes)
  const empty = emptyInput(input, shapes)
  const isEmpty = (isTensor(empty) ? [empty] : Object.values(empty)).some(({ shape }) => shape.includes(0))
  if (gives._tag === 'Left' || !isEmpty) return undefined
  const shape = shapeOf(gives.right).map(Number)
  const dOutput = fromValues(new Float64Array(elementCount(shape)).fill(1), shape, 'float64')
  return { ...sample, input: empty, dOutput }
}

/** The largest of nothing is not defined: a layer that asks for it refuses an empty batch rightly. */
const refusesRightly = (error: unknown): boolean =>
  error instanceof TypeError && /nothing to reduce|no element along/.test(error.message)

/** Whether a gradient comes from what has no examples, such as a penalty: it then is the derivative of forward. */
const isOfNoExample = (empty: Sample, path: string, gradient: AnyTensor): boolean =>
  toArray(gradient).every(Number.isFinite) && derivativeAlong(empty, path).verdict === 'holds'

/** An empty batch: outputs and gradients have the right shapes, gradients of parameters are exactly zero but for penalties. */
export const emptinessLaw: Law = {
  name: 'emptiness',
  check(sample) {
    const empty = withoutExamples(sample)
    if (empty === undefined) return holds
    try {
      const { output, state, dParams, dInput } = computedAt(empty)
      const structure = structureLaw.check(empty)
      if (structure.verdict === 'violated')
        return { ...structure, violation: { ...structure.violation, law: 'emptiness' } }
      for (const [path, tensor] of leaves({ params: dParams, input: dInput })) {
        const position = toArray(tensor).findIndex((value) => value !== 0)
        if (position === -1 || isOfNoExample(empty, path, tensor)) continue
        return violated('emptiness', empty, 'a gradient of an empty batch is not zero', {
          place: placeOf('', path, tensor.shape, position),
          analytic: toArray(tensor)[position] ?? NaN,
          expected: 0,
          bound: 0,
        })
      }
      for (const [path, tensor] of leaves({ output, state }))
        for (const [position, value] of toArray(tensor).entries())
          if (!Number.isFinite(value))
            return violated('emptiness', empty, 'an empty batch gives what is not finite', {
              place: placeOf('', path, tensor.shape, position),
              analytic: value,
            })
      return holds
    } catch (error) {
      if (refusesRightly(error)) return holds
      const message = error instanceof Error ? error.message : String(error)
      return violated('emptiness', empty, `an empty batch throws: ${message}`)
    }
  },
}
