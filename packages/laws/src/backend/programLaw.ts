import type { TypedArray } from '@pullback/core'
import * as fc from 'fast-check'
import { judgeOf, type Compared } from './boundedTrial.ts'
import { brokenBackend } from './brokenBackend.ts'
import { differentElement } from './difference.ts'
import { indexSentences } from './indexSentences.ts'
import type { BackendLaw, BackendLawName, Open, Setting } from './law.ts'
import { inputsOf, outputsOf, started, type Trial } from './trial.ts'

/** What is thrown for an index out of range. */
function failureOf(run: () => void): RangeError | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return error
    throw error
  }
}

/** The inputs of the next run: what is carried is what the run gave, everything else what it was. */
function next({ program, values }: Trial, found: readonly TypedArray[]): readonly TypedArray[] {
  const state = [...values]
  for (const { output, input } of program.carried) state[input] = found[output] ?? new Float64Array(0)
  return state
}

/**
 * Programs give what the reference gives, run after run: each run is compared with the reference on what the run before it
 * has left, within what rounding can do in both; what is carried is what was given, to the bit, and nothing else changes.
 * An index out of range is an error with a sentence of the reference, and changes nothing that is carried.
 *
 * @param steps how many runs follow each other
 */
export function programLaw(
  name: BackendLawName,
  samples: fc.Arbitrary<Trial>,
  { backend, settle }: Setting,
  steps = 3,
): BackendLaw {
  const open: Open = { samples: 0, elements: 0, undecided: 0 }

  async function check(trial: Trial): Promise<void> {
    const { program } = trial
    const broken = (sentence: string, at: Trial, difference?: Parameters<typeof brokenBackend>[4]) =>
      brokenBackend(backend, name, sentence, at, difference)
    const judge = judgeOf(program)
    const executable = started(backend, trial)
    let { values } = trial
    const keeps = (wanted: readonly TypedArray[], sentence: string): void => {
      const different = differentElement(inputsOf(executable), wanted, program.inputs)
      if (different !== undefined) throw broken(sentence, { program, values }, different)
    }
    for (let step = 0; step < steps; step++) {
      const at: Trial = { program, values }
      if (step < 2) await settle()
      const failure = failureOf(executable.run)
      const found = outputsOf(executable)
      let compared: Compared | undefined
      const wanted = failureOf(() => {
        compared = judge(values, found)
      })
      if (wanted !== undefined || failure !== undefined) {
        const sentences = indexSentences(at)
        if (failure === undefined || !sentences.includes(failure.message))
          throw broken(
            `${failure === undefined ? 'no error' : `the error "${failure.message}"`}, where the reference says ${sentences.map((sentence) => `"${sentence}"`).join(' or ') || 'nothing'}`,
            at,
          )
        keeps(values, 'a run that failed has changed an input')
        return
      }
      if (compared === undefined) return
      open.elements += compared.elements
      open.undecided += compared.undecided
      if (compared.worst !== undefined)
        throw broken(`run ${step + 1} differs from the reference by more than rounding`, at, compared.worst)
      const after = next(at, found)
      keeps(after, `run ${step + 1} has left another value in an input than was carried or given`)
      values = after
    }
  }
  const property = fc.asyncProperty<[unknown]>(samples, async (trial) => {
    open.samples += 1
    await check(trial as Trial)
  })
  return { name, property, undecided: () => open.undecided / Math.max(open.elements, 1) }
}
