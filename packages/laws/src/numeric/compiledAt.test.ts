import { add, input, matmul, mul, sum, tanh, tensor, type Tensor } from '@pullback/core'
import { expect, test } from 'vitest'
import { countingBackend } from '../testing/countingBackend.ts'
import { compiledAt } from './compiledAt.ts'
import { manyAt } from './manyAt.ts'

const x: Tensor = input('x', [2, 3], 'float64')
const w: Tensor = input('w', [3], 'float64')
const fixed: Tensor = input('fixed', [3, 2], 'float64')
const roots = [sum(mul(tanh(x), w)), matmul(x, fixed), add(fixed, 1)]
const variables = [x, w].map(({ shape, dtype }, which) => ({ name: which === 0 ? 'x' : 'w', shape, dtype }))

test.each([1, 2, 31, 32, 33, 64, 100])(
  '%i copies are what the interpreter gives, by one program',
  (count) => {
    const backend = countingBackend()
    const compiled = compiledAt(backend, roots, variables)
    for (const shift of [0, 1]) {
      const copies = [6, 3].map((size) =>
        Float64Array.from({ length: size * count }, (_, at) => Math.sin(7 * at + shift)),
      )
      const given = {
        fixed: tensor(
          [
            [1, 2],
            [shift, -1],
            [3, 0.5],
          ],
          'float64',
        ),
      }
      expect(compiled(copies, count, given)).toEqual(manyAt(roots, variables)(copies, count, given))
    }
    expect(backend.counts).toEqual({ prepared: 1, runs: 2 * Math.ceil(count / 32) })
  },
)
