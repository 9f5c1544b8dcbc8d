import { percent } from '../numbers/percent.ts'
import { showLoss } from '../numbers/scientific.ts'
import type { Epoch } from '../training/history.ts'

/** Where training is: what can be told in one line. */
export interface Standing {
  readonly epoch: number
  readonly epochs: number
  readonly loss: number
  readonly accuracy: number | undefined
  /** The last epoch that ended. */
  readonly ended: Epoch | undefined
}

const shown = (label: string, accuracy: number | undefined): readonly string[] =>
  accuracy === undefined ? [] : [`${label} ${percent(accuracy).padStart(7)}`]

/** `epoch  12/150  loss 0.1234  accuracy  98.1 %  validation  97.0 %`. */
export const progressLine = ({ epoch, epochs, loss, accuracy, ended }: Standing): string =>
  [
    `epoch ${`${epoch}`.padStart(`${epochs}`.length)}/${epochs}`,
    `loss ${showLoss(loss)}`,
    ...shown('accuracy', accuracy),
    ...shown('validation', ended?.validation.accuracy),
  ].join('  ')
