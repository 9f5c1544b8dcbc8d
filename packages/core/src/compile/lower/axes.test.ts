import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { programArbitrary } from '../../evaluate/expression.arbitrary.ts'
import type { Loop, Plan } from '../plan.ts'
import { lower } from './lower.ts'
import { lowerableArbitrary } from './lowerable.arbitrary.ts'

const loopsOf = ({ kernels }: Plan): readonly Loop[] => kernels.filter((kernel) => kernel.kind === 'loop')

const epiloguesOf = ({ kernels }: Plan) =>
  kernels.flatMap((kernel) =>
    kernel.kind === 'matmul' && kernel.epilogue !== undefined
      ? [{ ...kernel, epilogue: kernel.epilogue }]
      : [],
  )

const viewsOf = ({ loads, stores, reductions }: Loop) => [
  ...loads,
  ...[...stores, ...reductions].map(({ view }) => view),
]

/** Whether an axis and the next could be one. */
function couldMerge(loop: Loop, axis: number): boolean {
  const { axes, code, reduced } = loop
  const size = axes[axis + 1] ?? 1
  const isIndexed = code.some(
    (scalar) => scalar.op === 'index' && (scalar.axis === axis || scalar.axis === axis + 1),
  )
  if (isIndexed || reduced.includes(axis) !== reduced.includes(axis + 1)) return false
  return viewsOf(loop).every(({ strides }) => strides[axis] === (strides[axis + 1] ?? 0) * size)
}

function flawsOf(loop: Loop): readonly string[] {
  const { axes, code, loads, stores, reduced, reductions } = loop
  const positions = [...axes.keys()]
  const flaws = {
    'no axes': axes.length === 0,
    'an axis of size 1': axes.length > 1 && axes.includes(1),
    'axes that could be one': positions.slice(0, -1).some((axis) => couldMerge(loop, axis)),
    'reduced axes apart': reduced.some((axis, index) => index > 0 && axis !== (reduced[index - 1] ?? 0) + 1),
    'strides of another rank': viewsOf(loop).some(({ strides }) => strides.length !== axes.length),
    'a reduction that moves along reduced axes': reductions.some(({ view }) =>
      reduced.some((axis) => view.strides[axis] !== 0),
    ),
    'nothing to do': stores.length + reductions.length === 0,
    'reductions over nothing': reductions.length > 0 !== reduced.length > 0,
    'operands that come later': code.some(
      (scalar, position) => 'operands' in scalar && scalar.operands.some((operand) => operand >= position),
    ),
    'too much code': code.length > 100 || loads.length > 12,
  }
  return Object.entries(flaws).flatMap(([flaw, holds]) => (holds ? [flaw] : []))
}

const plans = fc.oneof(
  lowerableArbitrary.map(({ program }) => lower(program)),
  programArbitrary.map(({ roots, bindings }) =>
    lower({
      inputs: Object.entries(bindings).map(([name, { shape, dtype }]) => ({ name, shape, dtype })),
      outputs: roots.map((tensor, index) => ({ name: `r${index}`, tensor })),
      carried: [],
    }),
  ),
)

test('loops are in canonical form', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(loopsOf(plan).flatMap(flawsOf)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('epilogues have two axes, no reductions, and the result of their product in the arena', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      for (const { epilogue, batch, m, n, out } of epiloguesOf(plan)) {
        expect(epilogue.axes).toEqual([batch * m, n])
        expect(epilogue.reductions).toEqual([])
        expect(plan.buffers[out]?.place.kind).toBe('arena')
      }
    }),
    { numRuns: 300 },
  )
})
