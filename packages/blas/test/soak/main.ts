import { setTimeout } from 'node:timers/promises'
import { type Backend } from '@pullback/core'
import { backendLaws, type BackendLaw, type BackendLawName } from '@pullback/laws'
import { wasm } from '@pullback/wasm'
import * as fc from 'fast-check'
import { blas } from '../../src/blas.ts'

/** The backends by the names that the command knows. */
const made: Readonly<Record<string, () => Backend>> = {
  wasm: () => wasm({ threads: 1 }),
  'wasm-2': () => wasm({ threads: 2 }),
  'wasm-deterministic': () => wasm({ threads: 2, deterministic: true }),
  blas: () => blas(),
  'blas-1': () => blas({ threads: 1 }),
}

/** Samples of one law at one seed: as many as one line of progress is about. */
const chunk = 50

interface Options {
  readonly backend: string
  readonly samples: number
  readonly seed: number
  readonly only: readonly string[]
}

function optionsOf(args: readonly string[]): Options {
  const after = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`)
    return at === -1 ? undefined : args[at + 1]
  }
  const numberAfter = (name: string, otherwise: number): number => {
    const value = Number(after(name) ?? otherwise)
    if (!Number.isFinite(value)) throw new RangeError(`--${name} takes a number, not ${after(name)}`)
    return value
  }
  return {
    backend: after('backend') ?? 'wasm',
    samples: numberAfter('samples', 10_000),
    seed: numberAfter('seed', Math.floor(Math.random() * 1e6)),
    only: after('only')?.split(',') ?? [],
  }
}

/** The laws of a backend; those that are deterministic are compared with one thread. */
function lawsOf(name: string, backend: Backend, only: readonly string[]): readonly BackendLaw[] {
  const settle = async (): Promise<void> => {
    await setTimeout(name === 'wasm' ? 0 : 2)
  }
  return backendLaws(backend, {
    ...(only.length > 0 && { only: only as readonly BackendLawName[] }),
    settle,
    ...(name === 'wasm-deterministic' && { sameAs: wasm({ threads: 1, deterministic: true }) }),
  })
}

/**
 * Holds a backend to its laws at many samples: none may be broken.
 *
 *     npm run backends:soak -- --backend wasm --samples 100000 --seed 1 --only matmul,programs
 *
 * Every law takes 50 samples from each seed, `--seed` and those after it.
 */
export async function main(args: readonly string[]): Promise<number> {
  const { backend: name, samples, seed, only } = optionsOf(args)
  const make = made[name]
  if (make === undefined)
    throw new RangeError(`--backend takes one of ${Object.keys(made).join(', ')}, not ${name}`)
  const backend = make()
  process.stderr.write(`${backend.description}, from seed ${seed} on\n`)
  const laws = lawsOf(name, backend, only)
  const rounds = Math.ceil(samples / (chunk * Math.max(laws.length, 1)))
  const started = performance.now()
  let broken = 0
  for (let round = 0; round < rounds; round++) {
    for (const { name: law, property } of laws) {
      const details = await fc.check(property, { seed: seed + round, numRuns: chunk })
      if (!details.failed) continue
      broken += 1
      const { errorInstance, counterexamplePath } = details
      const why = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance)
      process.stdout.write(
        `BROKEN ${law} at seed ${seed + round}, path "${counterexamplePath ?? ''}"\n${why}\n\n`,
      )
    }
    const minutes = (performance.now() - started) / 60_000
    process.stderr.write(
      `${(round + 1) * chunk * laws.length} samples, ${minutes.toFixed(1)} min, ${broken} broken\n`,
    )
  }
  for (const { name: law, undecided } of laws)
    if (undecided() > 0) process.stdout.write(`  undecided ${(100 * undecided()).toFixed(2)} %: ${law}\n`)
  process.stdout.write(
    `${rounds * chunk * laws.length} samples of ${laws.length} laws of ${name} from seed ${seed} on: ${broken} broken\n`,
  )
  return broken === 0 ? 0 : 1
}
