import {
  add,
  backends,
  cast,
  compile,
  differentiate,
  evaluate,
  gather,
  isConstant,
  leaves,
  mul,
  neg,
  registerBackend,
  seed,
  sum,
  tensor,
  toNested,
  transformTree,
  zeros,
  type AnyTensor,
  type Backend,
  type Shape,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { programArbitrary } from '../evaluate/expression.arbitrary.ts'
import { knownShape } from '../tensor/tensor.ts'
import { contents } from '../tensor/coordinates.arbitrary.ts'
import { bitsOf } from '../testing/bits.ts'
import { normals, randomLabels } from '../testing/normals.ts'
import { batchShapes, loss, sgdStep, type Batch } from './twoLayerStep.fixture.ts'

const substitute = (roots: readonly AnyTensor[], inputs: TreeRecord): TreeRecord =>
  evaluate(
    Object.fromEntries(roots.map((root, index) => [`r${index}`, root])),
    inputs as Record<string, AnyTensor>,
  )

test('random programs compiled give what they give evaluated', () => {
  fc.assert(
    fc.property(programArbitrary, ({ roots, bindings }) => {
      // The inputs that the program is traced with have the names that its expressions use.
      const compiled = compile(() => Object.fromEntries(roots.map((root, index) => [`r${index}`, root])), {
        shapes: bindings,
      })
      const wanted = substitute(roots, bindings)
      for (let call = 0; call < 2; call++)
        expect(transformTree(compiled(bindings), contents)).toEqual(transformTree(wanted, contents))
    }),
    { numRuns: 300 },
  )
})

const batchOf = (from: number): Batch => ({
  input: knownShape(evaluate(cast(normals(from, 'X', [5, 4]), 'float32'))),
  labels: randomLabels(from, 5, 3),
})

describe('the two-layer step', () => {
  const start = loss.init(seed(1))
  const step = compile(({ params, batch }) => sgdStep(params, batch), {
    shapes: { params: start, batch: batchShapes },
  })

  test('compiled gives the bits of the evaluated one, step after step', () => {
    let compiled = start
    let reference = start
    for (let count = 0; count < 5; count++) {
      const batch = batchOf(count)
      const after = step({ params: compiled, batch })
      const wanted = evaluate(sgdStep(reference, batch))
      expect(bitsOf(after)).toEqual(bitsOf(wanted))
      compiled = after.params
      reference = wanted.params
    }
  })

  test('results are constants that no later call changes', () => {
    const [first, ...later] = [1, 2, 3].map((from) => step({ params: start, batch: batchOf(from) }))
    const before = first && bitsOf(first)
    for (const one of later) step({ params: one.params, batch: batchOf(9) })
    expect(first && bitsOf(first)).toEqual(before)
    expect(leaves(step({ params: start, batch: batchOf(1) })).every(([, one]) => isConstant(one))).toBe(true)
  })

  test('is typed by its shapes and its function', () => {
    expectTypeOf(step).parameter(0).toExtend<{
      readonly params: typeof start
      readonly batch: { readonly input: Tensor; readonly labels: Tensor<Shape, 'int32'> }
    }>()
    expectTypeOf(step).returns.toEqualTypeOf<ReturnType<typeof sgdStep>>()
  })
})

test('its text is that of the program', () => {
  const twice = compile(({ x }) => ({ y: mul(add(x, x), 1) }), { shapes: { x: [2] } })
  expect(twice.toString()).toBe('program (x: f32[2])\n  %0 = add x, x  f32[2]\n  return y = %0')
  expect(twice.backend).toBe('reference interpreter')
})

test('expressions are taken as well as constants, and the same constant twice', () => {
  const total = compile((x) => sum(x), { shapes: [2] })
  const x = tensor([1, 2])
  expect([x, neg(x), add(x, x), x, x].map((one) => toNested(total(one)))).toEqual([3, -3, 6, 3, 3])
})

test('results typed by an interface', () => {
  const params = loss.init(seed(1))
  const compiled = compile(({ p, batch }) => differentiate(loss)(p, batch), {
    shapes: { p: params, batch: batchShapes },
  })
  expect(bitsOf({ ...compiled({ p: params, batch: batchOf(0) }) })).toEqual(
    bitsOf({ ...differentiate(loss)(params, batchOf(0)) }),
  )
})

test('a backend that is registered is used, by name and by itself', () => {
  const [reference] = backends()
  if (reference === undefined) throw new Error('there is no backend')
  const prepared: string[] = []
  const other: Backend = {
    name: 'other',
    description: 'another',
    rank: -1,
    prepare: (program) => {
      prepared.push(program.inputs.map(({ name }) => name).join(' '))
      return reference.prepare(program)
    },
  }
  registerBackend(other)
  registerBackend(other)
  expect(backends()).toEqual([reference])
  const byName = compile((x) => neg(x), { shapes: [1], backend: 'other' })
  expect(toNested(byName(tensor([3])))).toEqual([-3])
  const byItself = compile(({ x }) => neg(x), { shapes: { x: [1] }, backend: other })
  expect(toNested(byItself({ x: tensor([2]) }))).toEqual([-2])
  expect(prepared).toEqual(['input', 'x'])
})

describe('what it was not compiled for', () => {
  const compiled = compile(({ x, at }) => ({ y: gather(x, at) }), {
    shapes: { x: [2, 3], at: { shape: [1], dtype: 'int32' } },
  })
  const at = tensor([0], 'int32')

  test.each<[string, () => unknown]>([
    [
      "the compiled function: 'x' was compiled as float32 [2, 3] but is given as float32 [3, 3]; compile once more for that",
      () => compiled({ x: zeros([3, 3]), at }),
    ],
    [
      "the compiled function: 'x' was compiled as float32 [2, 3] but is given as float64 [2, 3]; compile once more for that",
      () => compiled({ x: zeros([2, 3], 'float64') as never, at }),
    ],
    [
      "the compiled function: takes 'at', int32 [1], but is given none",
      () => compiled({ x: zeros([2, 3]) } as never),
    ],
    [
      "the compiled function: is given 'z', which it was not compiled for; leave it out, or compile once more with it",
      () => compiled({ x: zeros([2, 3]), at, z: at } as never),
    ],
  ])('%s', (sentence, run) => {
    expect(run).toThrow(expect.objectContaining({ name: 'TypeError', message: sentence }))
  })

  test('an index out of range, after which it goes on', () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(() => compiled({ x, at: tensor([2], 'int32') })).toThrow(
      'gather: index 2 at position 0 is outside an axis of size 2',
    )
    expect(toNested(compiled({ x, at: tensor([1], 'int32') }).y)).toEqual([[4, 5, 6]])
  })
})
