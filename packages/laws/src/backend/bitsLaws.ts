import type { Backend, Executable, Op, TypedArray } from '@pullback/core'
import * as fc from 'fast-check'
import { brokenBackend } from './brokenBackend.ts'
import { differentElement } from './difference.ts'
import { indexSentences } from './indexSentences.ts'
import type { BackendLaw, BackendLawName, Setting } from './law.ts'
import { largeSamples } from './largeSample.ts'
import { primitives } from './primitives.ts'
import { trialOf } from './primitiveLaw.ts'
import { programSamples } from './programSample.ts'
import { trainingSamples } from './trainingSample.ts'
import { inputsOf, outputsOf, started, type Trial } from './trial.ts'

/** Programs that run: an index out of range is for another law. */
const running = fc.oneof(
  programSamples.filter((trial) => indexSentences(trial).length === 0),
  trainingSamples,
)

const lawOf = (
  name: BackendLawName,
  samples: fc.Arbitrary<Trial | readonly [Trial, Trial]>,
  check: (drawn: unknown) => Promise<void>,
): BackendLaw => ({ name, property: fc.asyncProperty<[unknown]>(samples, check), undecided: () => 0 })

/** Throws unless two runs of one program have given the same bits. */
function same(
  backend: Backend,
  law: BackendLawName,
  sentence: string,
  trial: Trial,
  found: readonly TypedArray[],
  wanted: readonly TypedArray[],
): void {
  const forms = trial.program.outputs.map(({ name, tensor: { dtype, shape } }) => ({ name, dtype, shape }))
  const different = differentElement(found, wanted, forms)
  if (different !== undefined) throw brokenBackend(backend, law, sentence, trial, different)
}

const runOf = (executable: Executable): readonly TypedArray[] => {
  executable.run()
  return outputsOf(executable)
}

/** Without what is carried, a program is the same run after run. */
const uncarried = ({ program, values }: Trial): Trial => ({ program: { ...program, carried: [] }, values })

/** The same executable gives the same bits for the same inputs, whoever computes, and so does one prepared again. */
export const againLaw = ({ backend, settle }: Setting): BackendLaw =>
  lawOf('again', running, async (drawn) => {
    const trial = uncarried(drawn as Trial)
    const executable = started(backend, trial)
    const first = runOf(executable)
    const again = runOf(executable)
    same(backend, 'again', 'a second run gives other bits', trial, again, first)
    await settle()
    same(backend, 'again', 'a later run gives other bits', trial, runOf(executable), first)
    const given = inputsOf(executable)
    const changed = differentElement(given, trial.values, trial.program.inputs)
    if (changed !== undefined)
      throw brokenBackend(backend, 'again', 'a run has changed what it was given', trial, changed)
    same(
      backend,
      'again',
      'prepared once more it gives other bits',
      trial,
      runOf(started(backend, trial)),
      first,
    )
  })

/** Two programs whose runs take turns give what each gives alone. */
export const apartLaw = ({ backend, settle }: Setting): BackendLaw =>
  lawOf('apart', fc.tuple(running, running), async (drawn) => {
    const trials = drawn as readonly [Trial, Trial]
    const alone = trials.map((trial) => {
      const executable = started(backend, trial)
      return [runOf(executable), runOf(executable), runOf(executable)]
    })
    const executables = trials.map((trial) => started(backend, trial))
    await settle()
    for (let round = 0; round < 3; round++)
      for (const [which, trial] of trials.entries()) {
        const [executable, wanted] = [executables[which], alone[which]?.[round]]
        if (executable === undefined || wanted === undefined) continue
        const sentence = `run ${round + 1} gives other bits when another program runs in between`
        same(backend, 'apart', sentence, trial, runOf(executable), wanted)
      }
  })

/** Executables that share the storages of their inputs go on from where the other has stopped. */
export const sharedLaw = ({ backend, settle }: Setting): BackendLaw =>
  lawOf('shared', running, async (drawn) => {
    const trial = drawn as Trial
    const single = started(backend, trial)
    const [one, other] = [started(backend, trial), backend.prepare(trial.program)]
    await settle()
    const turns = [one, other, one, other]
    for (const [turn, own] of turns.entries()) {
      const before = turns[turn - 1]
      for (const [index, storage] of before?.inputs.entries() ?? []) own.bind(index, storage)
      const sentence = `run ${turn + 1} of two executables that share their inputs gives other bits than that of one`
      same(backend, 'shared', sentence, trial, runOf(own), runOf(single))
    }
  })

/** The same bits as another backend gives: what is deterministic is so for every number of threads. */
export const deterministicLaw = ({ backend, settle }: Setting, other: Backend): BackendLaw => {
  const ops = Object.keys(primitives) as readonly Op[]
  const ofPrimitives = fc
    .constantFrom(...ops)
    .chain((op) => primitives[op].samples)
    .map(trialOf)
  return lawOf('deterministic', fc.oneof(ofPrimitives, running, largeSamples), async (drawn) => {
    const trial = drawn as Trial
    const [own, theirs] = [started(backend, trial), started(other, trial)]
    await settle()
    for (let round = 1; round <= 2; round++)
      same(
        backend,
        'deterministic',
        `run ${round} gives other bits than ${other.name}`,
        trial,
        runOf(own),
        runOf(theirs),
      )
  })
}
