import {
  greater,
  less,
  matmul,
  maximum,
  mul,
  tanh,
  where,
  layer,
  signature,
  parameter,
  initialZeros,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf } from '../planted.fixture.ts'
import { evidenceFor } from './evidence.ts'
import { wrongMask } from './mask.ts'

const hintOf = (wrong: ReturnType<typeof elementwise>, rows = 4) =>
  wrongMask(evidenceFor(violationOf(sampleOf(wrong, [rows, 3])), exactLaw))

it('sees a mask that is left out, too large or reversed', () => {
  const relu = (backward: Parameters<typeof elementwise>[1]) => elementwise((x) => maximum(x, 0), backward)
  expect(hintOf(relu((_, dOutput) => dOutput))).toMatch('a mask is left out')
  expect(hintOf(relu((x, dOutput) => where(greater(x, 0.5), dOutput, 0)))).toMatch('masked too much')
  expect(hintOf(relu((x, dOutput) => where(less(x, 0), dOutput, 0)))).toMatch('the mask is reversed')
})

it('sees a mask through a sum over the batch', () => {
  const hidden = layer({
    kind: 'hidden',
    shape: signature('hidden', ['N', 3], ['N', 4]),
    params: { W: parameter([3, 4], initialZeros()) },
    forward: ({ W }, x) => {
      const z = matmul(x, W)
      return { output: maximum(z, 0), cache: { x, z } }
    },
    backward: ({ W }, { x, z }, dOutput) => {
      const right = where(greater(z, 0), dOutput, 0)
      const wrong = where(greater(dOutput, 0), dOutput, 0)
      return {
        dParams: { W: matmul(x, wrong, { transposeA: true }) },
        dInput: matmul(right, W, { transposeB: true }),
      }
    },
  })
  expect(hintOf(hidden)).toMatch('the mask is that of another tensor')
})

it('sees no mask in another bug', () => {
  expect(hintOf(elementwise(tanh, (x, dOutput) => mul(x, dOutput)))).toBeUndefined()
})
