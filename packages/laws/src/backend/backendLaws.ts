import { backendOf, type BackendChoice, type Op } from '@pullback/core'
import { againLaw, apartLaw, deterministicLaw, sharedLaw } from './bitsLaws.ts'
import { programLawNames, type BackendLaw, type BackendLawName, type Setting } from './law.ts'
import { largeSamples } from './largeSample.ts'
import { memoryLaw } from './memoryLaw.ts'
import { primitiveLaw } from './primitiveLaw.ts'
import { primitives } from './primitives.ts'
import { programLaw } from './programLaw.ts'
import { programSamples } from './programSample.ts'
import { refusalsLaw } from './refusalsLaw.ts'
import { snapshotsLaw } from './snapshotsLaw.ts'
import { trainingSamples } from './trainingSample.ts'

/** Which laws a backend is held to, and how. */
export interface BackendLawOptions {
  /** These laws alone. */
  readonly only?: readonly BackendLawName[]
  /** All laws but these. */
  readonly except?: readonly BackendLawName[]
  /** How many units in the last place elementary functions may be off; 2 unless given. */
  readonly ulps?: number
  /** Lets workers load programs and memory be freed, between preparing and running; a turn of the event loop unless given. */
  readonly settle?: () => Promise<void>
  /** Collects garbage: with it the law `memory` is held to, for a backend whose memory can grow by no more than a few MiB. */
  readonly collect?: () => void
  /** A backend that is to give the same bits: with it the law `deterministic` is held to. */
  readonly sameAs?: BackendChoice
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0)
  })

const ops = Object.keys(primitives) as readonly Op[]

/** The names of all laws of backends: one for every primitive, then those of programs. */
export const backendLawNames: readonly BackendLawName[] = [...ops, ...programLawNames]

function lawOf(
  name: BackendLawName,
  setting: Setting,
  { collect, sameAs }: BackendLawOptions,
): BackendLaw | undefined {
  switch (name) {
    case 'programs':
      return programLaw(name, programSamples, setting)
    case 'training':
      return programLaw(name, trainingSamples, setting)
    case 'large':
      return programLaw(name, largeSamples, setting, 1)
    case 'again':
      return againLaw(setting)
    case 'apart':
      return apartLaw(setting)
    case 'shared':
      return sharedLaw(setting)
    case 'snapshots':
      return snapshotsLaw(setting)
    case 'refusals':
      return refusalsLaw(setting)
    case 'memory':
      return collect && memoryLaw(setting, collect)
    case 'deterministic':
      return sameAs && deterministicLaw(setting, backendOf(sameAs))
    default:
      return primitiveLaw(name, setting)
  }
}

/**
 * What every backend obeys, as asynchronous properties: the reference is the truth.
 *
 * - one law for every primitive, named after it: what IEEE 754 rounds once, what moves, compares or counts, integers and
 *   random numbers are the same to the bit; functions are within `ulps`; sums and products within the length of the
 *   reduction times the unit roundoff times the sum of all magnitudes. NaN is NaN and infinite is infinite, but where
 *   the sum of the magnitudes overflows: there partial sums may, and the result is whatever comes of that
 * - `programs`: random programs, run after run with what they carry, within what rounding does to both at the magnitudes
 *   at hand; an index out of range is an error of the reference and changes nothing
 * - `training`: the same of steps of training of residual nets
 * - `large`: the same of tensors so large that several threads compute them
 * - `again`: the same inputs give the same bits, again and again, and stay as they were
 * - `apart`: programs that take turns do not disturb each other
 * - `shared`: executables that share storages go on where the other stopped
 * - `snapshots`: results and snapshots never change
 * - `refusals`: what a program was not compiled for is refused in a sentence
 * - `memory`, given `collect`: programs that are let go are freed
 * - `deterministic`, given a backend that is to give the same bits: it does
 *
 * @param choice a backend, or the name of one
 * @throws TypeError if there is no such backend
 * @example
 * import * as fc from 'fast-check'
 * for (const { property } of backendLaws('reference', { only: ['add', 'matmul', 'again'] }))
 *   await fc.assert(property, { numRuns: 5 })
 */
export function backendLaws(choice: BackendChoice, options: BackendLawOptions = {}): readonly BackendLaw[] {
  const { only, except = [], ulps = 2, settle = turn } = options
  const setting: Setting = { backend: backendOf(choice), ulps, settle }
  return backendLawNames
    .filter((name) => (only === undefined || only.includes(name)) && !except.includes(name))
    .flatMap((name) => lawOf(name, setting, options) ?? [])
}
