import { certifier, type Derivative } from './kernels/certifier.ts'
import { readSamples } from './kernels/readSamples.ts'
import { fourfold, type Ladder } from './ladder.ts'

/** The derivatives of several outputs along one line, each with a bound on its error that was worked out, not set. */
export interface Certified {
  readonly value: Float64Array
  /** The derivative is within this of the value; at a kink, both one-sided derivatives are. */
  readonly error: Float64Array
  /** How far the one-sided derivatives are apart: 0 without a kink, Infinity where there is one side only. */
  readonly gap: Float64Array
}

/** How the samples were computed. */
export interface Precision {
  /** The largest magnitude of what the function was given. */
  readonly scale?: number
  /** The unit roundoff: 2^-53 unless the function rounds to a coarser float type inside. */
  readonly unit?: number
}

const noBits = new Float64Array(0)

/**
 * The derivatives of outputs from their samples.
 *
 * @param samples one row of `width` outputs for every offset of the ladder
 * @param magnitudes the size of the terms that each sample was added up from, where that is larger than the sample
 */
export function certifySamples(
  samples: Float64Array,
  width: number,
  ladder: Ladder,
  { scale = 1, unit = 2 ** -53 }: Precision = {},
  magnitudes: Float64Array = noBits,
): Certified {
  const value = new Float64Array(width)
  const error = new Float64Array(width)
  const gap = new Float64Array(width)
  const certifyOne = certifier(ladder)
  const phi = new Float64Array(ladder.offsets.length)
  const sizes = new Float64Array(ladder.offsets.length)
  const found: Derivative = { value: 0, error: 0, gap: 0 }
  for (let output = 0; output < width; output++) {
    readSamples(samples, magnitudes, width, output, Math.max(1, scale), phi, sizes)
    certifyOne(phi, sizes, unit, found)
    value[output] = found.value
    error[output] = found.error
    gap[output] = found.gap
  }
  return { value, error, gap }
}

/**
 * The derivatives at 0 of a function of one number that gives several outputs.
 *
 * Samples at `t = +-h`, `h = 1/4 4^-k`, are extrapolated to `h = 0` centrally and from either side; the entry of the
 * three tableaus that differs least from the ones it was computed from is the derivative, and how much it differs, plus
 * what rounding does to it, is the error.
 *
 * @param probe the outputs at `t`
 */
export function certify(
  probe: (t: number) => Float64Array,
  precision: Precision = {},
  ladder: Ladder = fourfold,
): Certified {
  const middle = probe(0)
  const samples = new Float64Array(ladder.offsets.length * middle.length)
  ladder.offsets.forEach((offset, row) =>
    samples.set(row === 0 ? middle : probe(offset), row * middle.length),
  )
  return certifySamples(samples, middle.length, ladder, precision)
}
