import type { BackendChoice, Net } from '@pullback/core'
import * as fc from 'fast-check'
import type { Configured } from '../arbitrary/configuration.ts'
import { legible } from '../arbitrary/legible.ts'
import { extremeSampleArbitrary, sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import type { Law, LawName } from '../law/law.ts'
import { lawsOf } from '../law/laws.ts'
import type { Rows } from '../law/rows.ts'
import { explain } from '../report/explain.ts'
import { report } from '../report/report.ts'
import { showSample } from '../report/showSample.ts'
import type { Sample } from '../sample/sample.ts'
import { brokenLaw } from './brokenLaw.ts'
import { tallyOf, type Tally } from './tally.ts'

/** Which laws a layer is held to, and how. */
export interface LawOptions extends Partial<
  Pick<Exclude<Configured, Net>, 'takes' | 'mode' | 'input' | 'params'>
> {
  /** These laws alone. */
  readonly only?: readonly LawName[]
  /** All laws but these. */
  readonly except?: readonly LawName[]
  /**
   * Whether the examples of a batch are independent of each other (`'rowwise'`) or not (`'coupled'`), but in no order
   * in either case; not looked at if left out.
   */
  readonly rows?: Rows
  /**
   * What is compared with the reference by the law `interpreters`: `'auto'`, the fastest backend that is there, unless
   * given. All other laws are about the layer alone, and computed by the reference.
   */
  readonly backend?: BackendChoice
}

/** A law as a property of fast-check, for `fc.assert` under any runner. */
export interface LayerLaw {
  readonly name: LawName | 'resolution'
  readonly property: fc.IProperty<[Sample]>
  /** What share of what the property compared so far could not be decided. */
  readonly undecided: () => number
}

// An arbitrary of another copy of fast-check is no instance of this one's class.
const isArbitrary = (given: Net | fc.Arbitrary<Configured>): given is fc.Arbitrary<Configured> =>
  'generate' in given

/** How a sample breaks a law, as whatever runs the property shows it; the sample itself if it does not. */
function shownBy(law: Law, sample: Sample): string {
  const outcome = law.check(sample)
  return outcome.verdict === 'violated'
    ? `\n\n${report(explain(law, outcome.violation))}\n\n`
    : showSample(sample)
}

function propertyOf(law: Law, samples: fc.Arbitrary<Sample>, tally: Tally): LayerLaw {
  const property = fc.property(
    samples.map((sample) => legible(sample, () => shownBy(law, sample))),
    (sample) => {
      const outcome = law.check(sample)
      tally.count(law.name, outcome)
      if (outcome.verdict === 'violated') throw brokenLaw(outcome.violation)
    },
  )
  return { name: law.name, property, undecided: () => tally.share(law.name) }
}

function configured(given: Net | fc.Arbitrary<Configured>, options: LawOptions): fc.Arbitrary<Configured> {
  const { takes, mode, input, params } = options
  const narrowed = {
    ...(takes && { takes }),
    ...(mode && { mode }),
    ...(input && { input }),
    ...(params && { params }),
  }
  const all = isArbitrary(given) ? given : fc.constant<Configured>(given)
  return Object.keys(narrowed).length === 0
    ? all
    : all.map((one) => ('layer' in one ? { ...narrowed, ...one } : { layer: one, ...narrowed }))
}

/**
 * The laws of a layer, each a property that can be run alone; the last, `resolution`, fails if too much of what the
 * others compared could not be decided, so that a blind check does not pass.
 *
 * @param layer a layer, or an arbitrary of layers or configurations
 * @param options which laws, and what the layer promises of its rows
 * @example
 * import * as fc from 'fast-check'
 * for (const { property } of layerLaws(relu())) fc.assert(property, { numRuns: 10 })
 * layerLaws(relu(), { only: ['structure', 'purity'] }).map(({ name }) => name) // => ['structure', 'purity', 'resolution']
 */
export function layerLaws(
  layer: Net | fc.Arbitrary<Configured>,
  options: LawOptions = {},
): readonly LayerLaw[] {
  const { only, except = [], rows, backend } = options
  const configurations = configured(layer, options)
  const samples = sampleArbitrary(configurations)
  const extremes = extremeSampleArbitrary(configurations)
  const tally = tallyOf()
  const laws = lawsOf(rows, backend).filter(
    ({ name }) => (only === undefined || only.includes(name)) && !except.includes(name),
  )
  // Resolution judges the runs of the other properties and looks at no sample of its own.
  const none = fc.constant(undefined) as unknown as fc.Arbitrary<Sample>
  const resolution: fc.IProperty<[Sample]> = fc.property<[Sample]>(none, () => tally.check())
  return [
    ...laws.map((law) => propertyOf(law, law.name === 'finiteness' ? extremes : samples, tally)),
    { name: 'resolution', property: resolution, undecided: () => tally.share() },
  ]
}
