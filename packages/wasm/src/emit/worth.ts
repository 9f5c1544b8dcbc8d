/** How many parts work is worth dividing into. */
export interface Worth {
  readonly parts: number
  /** Whether the parts are worth waking a thread that sleeps. */
  readonly wakes: boolean
}

/** How much work is 20 microseconds of it, which is what waking a thread can cost. */
const workOfPart = {
  /** Operations of a loop on one element each. */
  operations: 200_000,
  /** Multiplications of a matrix product. */
  products: 500_000,
  /** Elements that are copied. */
  copies: 100_000,
  /** Random numbers. */
  draws: 2000,
} as const

/** A thread that is awake takes a part within a tenth of a microsecond: what it spares is to be far more. */
const shareForThoseAwake = 10

/**
 * Into how many parts work is divided.
 *
 * @param most how many parts there are at most if it is enough to wake threads for; at most `threads` if it is not
 */
export function worthOf(kind: keyof typeof workOfPart, work: number, threads: number, most = threads): Worth {
  if (threads === 1) return { parts: 1, wakes: false }
  const parts = Math.floor(work / workOfPart[kind])
  if (parts > 1) return { parts: Math.min(parts, most), wakes: true }
  const small = Math.floor((shareForThoseAwake * work) / workOfPart[kind])
  return { parts: Math.max(1, Math.min(small, threads)), wakes: false }
}
