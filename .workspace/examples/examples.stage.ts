import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { diagnosticName, typecheck } from '../compiler/typecheck.ts'
import { placeOf } from './block.ts'
import { readPages } from './pages.ts'
import { recorderOf } from './recorder.ts'
import { problemsOf, type Outcome } from './verdict.ts'
import { writeModules } from './write.ts'

const { pages, fragments } = readPages()
const files = writeModules(pages)
const diagnostics = pages.length === 0 ? [] : typecheck('.workspace/examples/tsconfig.json')

async function run(file: string): Promise<Outcome> {
  const recorder = recorderOf(pathToFileURL(file).href)
  try {
    await import(file)
    return { recorder }
  } catch (crash) {
    return { recorder, crash }
  }
}

const outcomes = new Map<string, Promise<Outcome>>()

/** The outcome of a module, which runs once for all of its blocks. */
function outcomeOf(file: string): Promise<Outcome> {
  const outcome = outcomes.get(file) ?? run(file)
  outcomes.set(file, outcome)
  return outcome
}

const cases = [...files].flatMap(([page, file]) => {
  const judged = page.runs ? page.blocks : page.blocks.slice(-1)
  return judged.map((block) => [placeOf(page, block), { page, block, file }] as const)
})

it.each(cases)('%s', async (_, { page, block, file }) => {
  const errors = diagnostics.filter((error) => error.file === diagnosticName(file))
  const problems = problemsOf(page, block, errors, page.runs ? await outcomeOf(file) : undefined)
  expect(problems.length, problems.join('\n')).toBe(0)
})

const unrun = [
  ...fragments.map((place) => `${place} (a fragment)`),
  ...cases.filter(([, { page }]) => !page.runs).map(([place]) => `${place} (type-checked, not run)`),
]

it.for(unrun)('%s', (_, context) => {
  context.skip()
})

it('finds examples', () => {
  expect(pages.length).toBeGreaterThan(0)
})
