import { showLoss } from '../numbers/scientific.ts'

/**
 * A sentence about a loss, penalties included, that training made larger; undefined of any other.
 *
 * The first loss is that of a single batch, so a little more than it is no growth.
 */
export const grownLoss = (first: number, last: number): string | undefined =>
  last <= 1.5 * first
    ? undefined
    : `the loss grew from ${showLoss(first)} to ${showLoss(last)}; a lower --learning-rate may help`
