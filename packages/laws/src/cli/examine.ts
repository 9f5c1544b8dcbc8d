import * as fc from 'fast-check'
import type { LawName } from '../law/law.ts'
import { lawsOf } from '../law/laws.ts'
import { explain } from '../report/explain.ts'
import type { Sample } from '../sample/sample.ts'
import { violationOf } from '../suite/brokenLaw.ts'
import { layerLaws, type LawOptions, type LayerLaw } from '../suite/layerLaws.ts'
import type { Progress } from './progress.ts'
import { showReplay } from './replayToken.ts'
import type { Failure, Result } from './result.ts'
import type { Subject } from './subjects.ts'

/** How subjects are examined. */
export interface Examination {
  readonly runs: number
  readonly seed: number
  /** The counterexample to go to at once. */
  readonly path?: string
  readonly only?: readonly LawName[]
  readonly except: readonly LawName[]
  readonly progress: Progress
  /** Milliseconds. */
  readonly now: () => number
}

/** The property, counting its runs. */
const ticking = (property: LayerLaw['property'], tick: () => void): LayerLaw['property'] =>
  Object.assign(Object.create(property) as LayerLaw['property'], {
    run(value: [Sample]) {
      tick()
      return property.run(value)
    },
  })

function failureOf(
  { name, options }: Subject,
  law: LayerLaw['name'],
  details: fc.RunDetails<[Sample]>,
): Failure {
  const { seed, counterexamplePath, errorInstance } = details
  const path = counterexamplePath ?? '0'
  const error = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance))
  const replay = { seed, path, token: showReplay(name, law, seed, path) }
  const judge = lawsOf(options.rows).find((each) => each.name === law)
  const found = violationOf(error)
  if (judge === undefined || found === undefined) {
    const [sentence = ''] = error.message.split('\n', 1)
    return { sentence: law === 'resolution' ? sentence : `throws: ${sentence}`, ...replay }
  }
  const violation = explain(judge, found)
  return { sentence: violation.sentence, violation, ...replay }
}

/** The laws of the command line, as far as the layer's own options leave them in. */
function chosen({ options }: Subject, { only, except }: Examination): LawOptions {
  const both = only?.filter((name) => options.only?.includes(name) ?? true) ?? options.only
  return { ...options, ...(both && { only: both }), except: [...(options.except ?? []), ...except] }
}

/** Holds a layer to its laws, one result after the other. */
export function* examine(subject: Subject, examination: Examination): Generator<Result> {
  const { runs, seed, path, progress, now } = examination
  for (const { name: law, property, undecided } of layerLaws(subject.layer, chosen(subject, examination))) {
    // What could not be decided is not seen at one counterexample.
    if (path !== undefined && law === 'resolution') continue
    const started = now()
    const counted = ticking(property, () => progress.tick(subject.name, law, runs))
    const details = fc.check(counted, { numRuns: runs, seed, ...(path !== undefined && { path }) })
    progress.clear()
    yield {
      layer: subject.name,
      law,
      runs: details.numRuns,
      undecided: undecided(),
      seconds: (now() - started) / 1000,
      ...(details.failed && { failure: failureOf(subject, law, details) }),
    }
  }
}
