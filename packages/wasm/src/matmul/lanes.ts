import { access, laneAccess, nothing, sequence, type Code } from '../assembler/code.ts'
import type { Local } from '../assembler/module.ts'
import type { Arithmetic } from './arithmetic.ts'

/** Loads the first `count` lanes of a vector from elements that lie `stride` elements apart, and nothing else. */
export function loadLanes(
  { bits, bytes, lanes }: Arithmetic,
  vector: Local,
  address: Code,
  offset: number,
  count: number,
  stride: number,
): Code {
  if (stride === 1 && count === lanes) return vector.set(access('v128.load', offset, address))
  const pairFirst = stride === 1 && bits === 32 && count >= 2
  const loaded = pairFirst ? 2 : 1
  return sequence(
    vector.set(access(pairFirst ? 'v128.load64_zero' : `v128.load${bits}_zero`, offset, address)),
    ...Array.from({ length: count - loaded }, (_, index) => {
      const lane = loaded + index
      return vector.set(
        laneAccess(`v128.load${bits}_lane`, offset + lane * stride * bytes, lane, address, vector.get),
      )
    }),
  )
}

/** Stores the first `count` lanes of a vector to elements that lie `stride` elements apart, and nothing else. */
export function storeLanes(
  { bits, bytes, lanes }: Arithmetic,
  vector: Local,
  address: Code,
  offset: number,
  count: number,
  stride: number,
): Code {
  if (stride === 1 && count === lanes) return access('v128.store', offset, address, vector.get)
  const pairFirst = stride === 1 && bits === 32 && count >= 2
  const stored = pairFirst ? 2 : 0
  return sequence(
    pairFirst ? laneAccess('v128.store64_lane', offset, 0, address, vector.get) : nothing,
    ...Array.from({ length: count - stored }, (_, index) => {
      const lane = stored + index
      return laneAccess(`v128.store${bits}_lane`, offset + lane * stride * bytes, lane, address, vector.get)
    }),
  )
}
