import type { Plan } from '@pullback/core'
import { indexError, type Places } from './places.ts'
import type { Machine } from './machine.ts'
import { workerStopped } from './threads/stage.ts'

/** Why a step has not come to its end, and what is known of the values that it would have replaced. */
export interface FailedStep {
  readonly error: Error
  /** Why an input that the step writes over is not valid any more, if it is not. */
  readonly spoils: ((input: string) => Error) | undefined
}

const spoiledBy =
  (error: Error) =>
  (input: string): Error =>
    new Error(
      `'${input}' is not valid any more: the step that was to replace it failed halfway (${error.message}); write what ` +
        'was read from it before, or begin again',
      { cause: error },
    )

/** What the code means that a step has ended with; checks come before anything is written over. */
export function failedStep({ heap, pool }: Machine, plan: Plan, places: Places, code: number): FailedStep {
  const kernel = plan.kernels[code - 1]
  if (kernel?.kind === 'check') return { error: indexError(heap, plan, places, kernel), spoils: undefined }
  const error = pool.failure(code) ?? new Error(`a step of the wasm backend ended with code ${code}`)
  return { error, spoils: code === workerStopped ? () => error : spoiledBy(error) }
}

/** What a trap in the main thread means: no worker may go on with a step that is given up. */
export function trappedStep({ pool }: Machine, trap: unknown): FailedStep {
  const status = pool.close()
  const error = pool.failure(status) ?? (trap instanceof Error ? trap : new Error(String(trap)))
  return { error, spoils: status === workerStopped ? () => error : spoiledBy(error) }
}
