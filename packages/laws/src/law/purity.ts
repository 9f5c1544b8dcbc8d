import { evaluate, leaves, type AnyTensor, type Tree } from '@pullback/core'
import { resultsOf, shapesOf } from '../expression/evaluateSample.ts'
import { applyLayer, expressionsOf, type Expressions } from '../expression/expressions.ts'
import type { Sample } from '../sample/sample.ts'
import { batchName, withBatch } from '../sample/sizes.ts'
import { differentBits } from './bits.ts'
import type { Law, Outcome } from './law.ts'
import { firstOf, holds, violated } from './outcomes.ts'

/** The tensors of a tree by path, to see afterwards whether they are still there. */
const snapshot = (tree: Tree): ReadonlyMap<string, AnyTensor> => new Map(leaves(tree))

const unchanged = (before: ReadonlyMap<string, AnyTensor>, tree: Tree): boolean => {
  const after = leaves(tree)
  return after.length === before.size && after.every(([path, tensor]) => before.get(path) === tensor)
}

/** Runs forward on another batch, of another size if the rule allows one: what a closure keeps is overwritten. */
function disturb({ layer, input, context }: Sample): void {
  const shapes = shapesOf(input)
  const { takes } = layer.rule
  const size = batchName(takes) === undefined ? undefined : 4
  try {
    expressionsOf(
      { ...layer },
      {
        shapes: size === undefined ? shapes : withBatch(takes, shapes, size),
        mode: context.mode === 'predict' ? 'train' : 'predict',
        dtype: 'float64',
      },
    )
  } catch {
    // A layer that refuses the other batch keeps nothing of it.
  }
}

function same(sample: Sample, sentence: string, a: Tree, b: Tree): Outcome {
  const different = differentBits('', a, b)
  if (different === undefined) return holds
  const { place, left, right } = different
  return violated('purity', sample, sentence, { place, analytic: right, expected: left })
}

/**
 * Forward and backward are functions: everything they are given is the same afterwards, and the same arguments give the
 * same bits, whatever the layer was used for in between.
 *
 *     forward(a) = forward(a),  backward(cache of a) = backward(cache of a), also after forward(b)
 */
export const purityLaw: Law = {
  name: 'purity',
  check(sample) {
    const { layer, params, input, dOutput } = sample
    const given = { params, input, state: sample.context.state ?? {} } as Tree
    const before = snapshot(given)
    const first = applyLayer(layer, sample, () => dOutput)
    const cache = snapshot(first.cache)
    const again = layer.backward(params, first.cache, dOutput)
    const second = applyLayer(layer, sample, () => dOutput)
    disturb(sample)
    const late = layer.backward(params, first.cache, dOutput)
    const results = evaluate({
      first: tree(first),
      second: tree(second),
      again: tree({ ...first, ...again, dInput: again.dInput }),
      late: tree({ ...first, ...late, dInput: late.dInput }),
    })
    return firstOf([
      () =>
        unchanged(before, given) && unchanged(cache, first.cache)
          ? holds
          : violated('purity', sample, 'a record that was given is no longer what it was'),
      () =>
        same(
          sample,
          'forward and backward give something else the second time',
          results.first,
          results.second,
        ),
      () => same(sample, 'backward gives something else the second time', results.first, results.again),
      () =>
        same(
          sample,
          'backward gives something else after forward on another batch: the layer remembers what is no part of the cache',
          results.first,
          results.late,
        ),
    ])
  },
}

const tree = (expressions: Expressions): Tree => {
  const { output, state, dParams, dInput } = resultsOf(expressions)
  return { output, state, params: dParams, input: dInput }
}
