import type { Net } from '@pullback/core'
import * as fc from 'fast-check'
import type { Configured } from '../arbitrary/configuration.ts'
import { lawsOf } from '../law/laws.ts'
import { explain } from '../report/explain.ts'
import { report } from '../report/report.ts'
import type { Sample } from '../sample/sample.ts'
import { violationOf } from './brokenLaw.ts'
import { layerLaws, type LawOptions, type LayerLaw } from './layerLaws.ts'
import { vitestRunner } from './vitestRunner.ts'

/** Which laws, and how they are run. */
export interface DescribeOptions extends LawOptions {
  /** The parameters of every `fc.assert`: seed, path, number of runs; `{ numRuns: 10 }` for a quick look. */
  readonly parameters?: fc.Parameters<[Sample]>
}

/** What a failed run of a property has to say: of a broken law the report, shrunk and with a hint. */
function failureOf(
  name: string,
  { rows, backend }: LawOptions,
  law: LayerLaw['name'],
  details: fc.RunDetails<[Sample]>,
): string {
  const violation = violationOf(details.errorInstance)
  const judge = lawsOf(rows, backend).find((each) => each.name === law)
  if (violation === undefined || judge === undefined)
    return fc.defaultReportMessage(details) ?? 'a property failed'
  const { seed, counterexamplePath } = details
  return report(explain(judge, violation), {
    name,
    seed,
    ...(counterexamplePath !== null && { path: counterexamplePath }),
  })
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/**
 * One `describe` of vitest with a test for every law of a layer.
 *
 * @param name what the tests are listed under
 * @param layer a layer, or an arbitrary of layers or configurations
 * @param options which laws, what the layer promises of its rows, and the parameters of the runs
 * @throws Error outside vitest; other runners take the properties of `layerLaws`
 */
export function describeLayerLaws(
  name: string,
  layer: Net | fc.Arbitrary<Configured>,
  options: DescribeOptions = {},
): void {
  if (vitestRunner === undefined)
    throw new Error(
      'describeLayerLaws: runs under vitest only; with another runner, fc.assert the properties that layerLaws gives',
    )
  const { describe, test } = vitestRunner
  describe(name, () => {
    for (const { name: law, property, undecided } of layerLaws(layer, options))
      test(law, () => {
        const details = fc.check(property, options.parameters)
        if (details.failed)
          throw new Error(failureOf(name, options, law, details), { cause: details.errorInstance })
        if (law === 'resolution') globalThis.console.info(`${name}: ${percent(undecided())} undecided`)
      })
  })
}
