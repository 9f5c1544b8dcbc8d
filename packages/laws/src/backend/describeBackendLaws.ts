import type { BackendChoice } from '@pullback/core'
import * as fc from 'fast-check'
import { vitestRunner } from '../suite/vitestRunner.ts'
import { backendLaws, type BackendLawOptions } from './backendLaws.ts'

/** Which laws, and how they are run. */
export interface DescribeBackendOptions extends BackendLawOptions {
  /** The parameters of every `fc.assert`: seed, path, number of runs; `{ numRuns: 10 }` for a quick look. */
  readonly parameters?: fc.Parameters<[unknown]>
}

/** What a failed run of a property has to say: how the law is broken, and how to run it again. */
export function failureText({ errorInstance, seed, counterexamplePath }: fc.RunDetails<[unknown]>): string {
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return `${why}\n  found by  seed ${seed}, path "${counterexamplePath ?? ''}"`
}

/**
 * One `describe` of vitest with a test for every law of a backend.
 *
 * @param name what the tests are listed under
 * @param backend a backend, or the name of one
 * @param options which laws, what the backend can tell, and the parameters of the runs
 * @throws Error outside vitest; other runners take the properties of `backendLaws`
 */
export function describeBackendLaws(
  name: string,
  backend: BackendChoice,
  options: DescribeBackendOptions = {},
): void {
  if (vitestRunner === undefined)
    throw new Error(
      'describeBackendLaws: runs under vitest only; with another runner, fc.assert the properties that backendLaws gives',
    )
  const { describe, test } = vitestRunner
  describe(name, () => {
    for (const { name: law, property, undecided } of backendLaws(backend, options))
      test(law, async () => {
        const details = await fc.check(property, options.parameters)
        if (details.failed) throw new Error(failureText(details), { cause: details.errorInstance })
        if (undecided() > 0)
          globalThis.console.info(`${name}, ${law}: ${(100 * undecided()).toFixed(1)} % undecided`)
      })
  })
}
