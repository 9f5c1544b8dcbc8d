import {
  add,
  compile,
  compileFold,
  elementCount,
  fromValues,
  matmul,
  mul,
  sum,
  tanh,
  toArray,
  type AnyTensor,
  type Float,
  type Tensor,
  type TypedArray,
} from '@pullback/core'
import * as fc from 'fast-check'
import { awkwardSize } from './awkwardShapes.ts'
import { drawElements } from './elements.ts'
import type { BackendLaw, Setting } from './law.ts'
import { floatDtype } from './primitiveSample.ts'

interface Choices {
  readonly dtype: Float
  readonly batches: readonly number[]
  readonly size: number
}

interface Seen {
  readonly what: string
  readonly tensor: AnyTensor
  readonly copy: TypedArray
}

/** All results so far, with what they were when they were given. */
function memory() {
  const seen: Seen[] = []
  return {
    keep: (what: string, tensor: AnyTensor): void => {
      seen.push({ what, tensor, copy: toArray(tensor) })
    },
    check: (name: string): void => {
      for (const { what, tensor, copy } of seen) {
        const position = toArray(tensor).findIndex((value, at) => !Object.is(value, copy[at]))
        if (position >= 0)
          throw new Error(
            `${name} violates the law snapshots\n\n  what      ${what} has changed at position ${position}`,
          )
      }
    },
  }
}

const draw = (dtype: Float, shape: readonly number[], seed: number): Tensor =>
  fromValues(drawElements(dtype, 'normal', elementCount(shape), seed), [...shape], dtype)

type State = { readonly W: Tensor; readonly total: Tensor }
type Given = { readonly x: Tensor }

/** What was handed out stays as it is, whatever is computed later: results, and snapshots of a fold, at any batch size. */
export function snapshotsLaw({ backend, settle }: Setting): BackendLaw {
  const samples = fc.record({
    dtype: floatDtype,
    batches: fc.array(fc.constantFrom(3, 1, 5, 16, 33), { minLength: 2, maxLength: 6 }),
    size: awkwardSize.filter((size) => size <= 100),
  })
  const property = fc.asyncProperty<[unknown]>(samples, async (drawn) => {
    const { dtype, batches, size } = drawn as Choices
    const { keep, check } = memory()
    const step = ({ W, total }: State, { x }: Given) => {
      const y = tanh(matmul(x, W))
      const next = add(mul(W, 0.9), mul(matmul(x, y, { transposeA: true }), 0.01))
      return { carried: { W: next, total: add(total, sum(y)) }, results: { y, size: sum(next) } }
    }
    const carried: State = { W: draw(dtype, [size, size], 1), total: draw(dtype, [], 2) }
    const fold = compileFold(step, { carried, backend })
    const product = compile(({ a, b }) => ({ c: matmul(a, b), a }), {
      shapes: { a: { shape: [3, size], dtype }, b: { shape: [size, 4], dtype } } as const,
      backend,
    })
    for (const [index, batch] of batches.entries()) {
      fold.step({ x: draw(dtype, [batch, size], index) })
      if (index === 0) await settle()
      const { W, total } = fold.snapshot()
      const { y } = fold.results()
      keep(`the snapshot of W after step ${index}`, W)
      keep(`the snapshot of total after step ${index}`, total)
      keep(`the result y of step ${index}`, y)
      const { c, a } = product({ a: draw(dtype, [3, size], index), b: draw(dtype, [size, 4], index) })
      keep(`the product of call ${index}`, c)
      keep(`what call ${index} gave back as it was`, a)
      check(backend.name)
    }
    fold.load(carried)
    fold.step({ x: draw(dtype, [1, size], 0) })
    check(backend.name)
  })
  return { name: 'snapshots', property, undecided: () => 0 }
}
