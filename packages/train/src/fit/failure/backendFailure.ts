import type { Cursor, Snapshot } from '../snapshot.ts'
import { TrainingError } from './trainingError.ts'

const remedy = (last: Snapshot | undefined): string =>
  last === undefined
    ? "there is no snapshot before; train with backend 'reference'"
    : `the last good snapshot is of step ${last.step}: resume from it with backend 'reference'`

/**
 * The error that ends a run because its backend cannot go on: memory that cannot grow, a worker that died.
 *
 * @param what `'wasm: 2 threads failed to compute the step'`
 * @param cause what the backend threw, or a sentence
 * @param cursor of the step that failed, as it is after it
 */
export const backendFailure = (
  what: string,
  cause: unknown,
  { step, epoch }: Pick<Cursor, 'step' | 'epoch'>,
  last: Snapshot | undefined,
): TrainingError =>
  new TrainingError(
    `fit: ${what} at step ${step} (epoch ${epoch}): ${cause instanceof Error ? cause.message : String(cause)}; ${remedy(last)}`,
    { step, epoch, culprit: 'the backend' },
    last,
    { cause },
  )
