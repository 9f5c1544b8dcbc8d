import type { ExpressionOf } from '../tensor/expression.ts'
import type { Buffer } from './buffer.ts'
import { normalQuantile } from './kernels/normal.ts'
import { threefry } from './kernels/threefry.ts'
import { denseOperand, filled, type Step } from './step.ts'

/** The upper 53 of two words' 64 bits, as a multiple of 2^-53 in [0, 1). */
const fraction = (words: Int32Array): number =>
  (((words[0] ?? 0) >>> 0) * 2 ** 21 + ((words[1] ?? 0) >>> 11)) / 2 ** 53

const truncateToFloat32 = (value: number): number => Math.floor(value * 2 ** 24) / 2 ** 24

export function randomRule({ distribution }: ExpressionOf<'random'>, step: Step): Buffer {
  const [k0 = 0, k1 = 0] = denseOperand(step, 0)
  const [stream = 0] = denseOperand(step, 1)
  const single = step.tensor.dtype === 'float32'
  const words = new Int32Array(2)
  return filled(step, (out) => {
    if (distribution === 'bits') {
      for (let at = 0; at < out.length; at += 2) {
        threefry(k0, k1, at / 2, stream, words)
        out[at] = words[0] ?? 0
        out[at + 1] = words[1] ?? 0
      }
      return
    }
    for (let at = 0; at < out.length; at++) {
      threefry(k0, k1, at, stream, words)
      const uniform = fraction(words)
      // Half a step above the fraction the argument is never 0 or 1, where the quantile is infinite.
      if (distribution === 'normal') out[at] = normalQuantile(Math.min(uniform + 2 ** -54, 1 - 2 ** -53))
      else out[at] = single ? truncateToFloat32(uniform) : uniform
    }
  })
}
