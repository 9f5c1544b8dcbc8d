import {
  backendOf,
  type Backend,
  type Executable,
  type Program,
  type Storage,
  type TypedArray,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { backendLawNames, backendLaws, describeBackendLaws, type BackendLawName } from '../index.ts'

describeBackendLaws('reference', 'reference', { except: ['large'], parameters: { numRuns: 20 } })

test('no law has the name of another', () => {
  expect(new Set(backendLawNames).size).toBe(backendLawNames.length)
})

const reference = backendOf('reference')

/** The reference with something done to its executables. */
const backendWith = (change: (executable: Executable, program: Program) => Executable): Backend => ({
  name: 'broken',
  description: 'broken',
  rank: 0,
  prepare: (program) => change(reference.prepare(program), program),
})

/** The reference with what is read from its outputs changed. */
const reading = (change: (values: TypedArray, program: Program, run: number) => void): Backend =>
  backendWith((executable, program) => {
    let run = 0
    const changed = (storage: Storage): Storage => ({
      ...storage,
      read() {
        const values = storage.read()
        change(values, program, run)
        return values
      },
    })
    return {
      ...executable,
      outputs: executable.outputs.map(changed),
      run() {
        run += 1
        executable.run()
      },
    }
  })

const opOf = ({ outputs }: Program): string | undefined => outputs[0]?.tensor.expression.op

async function broken(backend: Backend, law: BackendLawName): Promise<string | undefined> {
  const [found] = backendLaws(backend, { only: [law] })
  const details = found && (await fc.check(found.property, { seed: 1, numRuns: 60, endOnFailure: true }))
  return details?.errorInstance instanceof Error ? details.errorInstance.message : undefined
}

/** Changes the first element that is a finite number. */
function nudge(values: TypedArray, by: (value: number) => number): void {
  const position = values.findIndex((value) => Number.isFinite(value) && value !== 0)
  if (position >= 0) values[position] = by(values[position] ?? 0)
}

test('a sum that is off by more than its rounding is named, with the element', async () => {
  const backend = reading((values, program) => {
    if (opOf(program) === 'sum') nudge(values, (value) => value * (1 + 1e-3))
  })
  expect(await broken(backend, 'sum')).toMatch(
    /^broken violates the law sum\n\n {2}what +a primitive is not what the reference gives\n {2}where +the result\[[^]*\] of \w+ \[[^]*\n {2}is [^]*\n {2}should be [^]*\n {2}program\n[^]*sum/,
  )
  expect(await broken(backend, 'add')).toBeUndefined()
})

test.each<[BackendLawName, (value: number) => number]>([
  ['exp', (value) => value * (1 + 1e-14)],
  ['add', (value) => value * (1 + 2 ** -52)],
  ['matmul', (value) => value * (1 + 1e-2)],
  ['argmax', (value) => value - 1],
  ['programs', (value) => value * (1 + 1e-2)],
  ['training', (value) => value * (1 + 1e-2)],
])('%s that is wrong in one element is caught', async (law, change) => {
  const backend = reading((values) => {
    nudge(values, change)
  })
  expect(await broken(backend, law)).toContain(`broken violates the law ${law}`)
})

test('a NaN that is lost is caught', async () => {
  const backend = reading((values) => {
    for (const [position, value] of values.entries()) if (Number.isNaN(value)) values[position] = 0
  })
  for (const law of ['maximum', 'sum', 'matmul', 'tanh'] as const)
    expect(await broken(backend, law)).toContain(`violates the law ${law}`)
})

test('a second run with other bits is caught', async () => {
  const backend = reading((values, _, run) => {
    if (run === 2) nudge(values, (value) => value * (1 + 2 ** -23))
  })
  expect(await broken(backend, 'again')).toContain('a second run gives other bits')
})

test('programs that share what should be their own are caught', async () => {
  let last: Executable | undefined
  const backend = backendWith((executable) => ({
    ...executable,
    run() {
      executable.run()
      for (const [index, storage] of executable.inputs.entries()) {
        const other = last?.inputs[index]
        if (last !== executable && other?.length === storage.length) other.write(storage.read())
      }
      last = executable
    },
  }))
  expect(await broken(backend, 'apart')).toContain('when another program runs in between')
})

test('what is carried to the wrong place is caught', async () => {
  const backend = backendWith((executable) => ({
    ...executable,
    run() {
      executable.run()
      const values = executable.inputs[0]?.read()
      values?.reverse()
      if (values !== undefined) executable.inputs[0]?.write(values)
    },
  }))
  expect(await broken(backend, 'programs')).toContain('has left another value in an input')
})

test('an error with another sentence, or none, is caught', async () => {
  const backend = backendWith((executable) => ({
    ...executable,
    run() {
      try {
        executable.run()
      } catch {
        throw new RangeError('index out of range')
      }
    },
  }))
  expect(await broken(backend, 'programs')).toContain('"index out of range", where the reference says')
})

test('a backend that takes any storage is caught', async () => {
  const backend = backendWith((executable) => ({ ...executable, bind: () => undefined }))
  expect(await broken(backend, 'refusals')).toContain('a storage of another length gives no error')
  expect(await broken(backend, 'shared')).toContain('two executables that share their inputs')
})

test('results that are views of memory that is used again are caught', async () => {
  const backend = backendWith((executable) => {
    const held = executable.outputs.map((storage) => storage.read())
    return {
      ...executable,
      outputs: executable.outputs.map((storage, index) => ({
        ...storage,
        read() {
          const view = held[index] ?? storage.read()
          view.set(storage.read())
          return view
        },
      })),
    }
  })
  expect(await broken(backend, 'snapshots')).toContain('has changed at position')
})
