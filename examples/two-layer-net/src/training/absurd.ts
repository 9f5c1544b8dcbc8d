import { showLoss } from '../numbers/scientific.ts'

/**
 * A sentence about a training that ended worse than guessing, whose loss is ln C; undefined of any other.
 *
 * Penalties and a little bad luck are allowed for.
 */
export function absurdLoss(loss: number, classes: number): string | undefined {
  const guessing = Math.log(classes)
  return loss < 1.5 * guessing
    ? undefined
    : `the loss grew to ${showLoss(loss)}, where guessing among ${classes} classes has ${showLoss(guessing)}; a lower --learning-rate may help`
}
