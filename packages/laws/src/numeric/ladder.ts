/** The steps at which a function is sampled on both sides of a point: `steps[k] = 1/4 ratio^-k`. */
export interface Ladder {
  readonly ratio: number
  readonly steps: Float64Array
  /** 0, then every step forwards and backwards: row `1 + 2k` is `+steps[k]`, row `2 + 2k` is `-steps[k]`. */
  readonly offsets: Float64Array
}

function ladder(ratio: number, rungs: number): Ladder {
  const steps = Float64Array.from({ length: rungs }, (_, rung) => 0.25 * ratio ** -rung)
  const offsets = Float64Array.from([0, ...Array.from(steps).flatMap((step) => [step, -step])])
  return { ratio, steps, offsets }
}

/** The ladder by which derivatives are judged: steps are powers of two, so that differences divide exactly. */
export const fourfold = ladder(4, 12)

/** Another ladder down to the same depth, to confirm by: it shares no step but the first with `fourfold`. */
export const threefold = ladder(3, 15)
