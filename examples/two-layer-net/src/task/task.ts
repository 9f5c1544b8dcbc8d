import type { Dataset } from '@pullback/data'

/** What is to be learnt: examples to train on, others to watch, and, where they are published, others to be judged by. */
export interface Task {
  /** How the data are called in what is printed. */
  readonly title: string
  readonly train: Dataset
  readonly validation: Dataset
  readonly test: Dataset | undefined
  /** How the examples were prepared, in a sentence. */
  readonly preparation: string
  /** Whether every feature was brought to mean 0 and standard deviation 1. */
  readonly standardised: boolean
}

/** How many numbers an example has. */
export const featureCount = ({ train }: Task): number => train.features.shape[1] ?? 0

/** The names of the classes; their numbers where they have none. */
export const classNames = ({ classes, classNames }: Dataset): readonly string[] =>
  classNames ?? Array.from({ length: classes }, (_, number) => `${number}`)

/** A data set as the inputs of a net and its loss. */
export const inputsOf = ({ features, labels }: Dataset) => ({ input: features, labels })
