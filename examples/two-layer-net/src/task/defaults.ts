import type { DataName, OptimizerName } from '../arguments/options.ts'

/** What training needs to know and the command line may leave open. */
export interface Hyperparameters {
  readonly hidden: number
  readonly learningRate: number
  readonly reg: number
  readonly epochs: number
  readonly batch: number
  readonly optimizer: OptimizerName
}

const images = {
  hidden: 100,
  learningRate: 0.2,
  reg: 1e-4,
  epochs: 8,
  batch: 100,
  optimizer: 'momentum',
} as const

/** What serves each data set well, chosen on validation examples, never on the test part. */
export const defaults: Readonly<Record<DataName, Hyperparameters>> = {
  spirals: { hidden: 100, learningRate: 0.2, reg: 1e-5, epochs: 150, batch: 16, optimizer: 'momentum' },
  moons: { hidden: 50, learningRate: 0.2, reg: 1e-5, epochs: 100, batch: 16, optimizer: 'momentum' },
  digits: { hidden: 128, learningRate: 0.1, reg: 1e-4, epochs: 100, batch: 16, optimizer: 'momentum' },
  mnist: { ...images, learningRate: 0.25, reg: 1.5e-4, epochs: 20 },
  'fashion-mnist': { ...images, learningRate: 0.1, reg: 3e-4, epochs: 10 },
  cifar10: { ...images, learningRate: 0.02, reg: 0.025, epochs: 12 },
  csv: { hidden: 32, learningRate: 0.05, reg: 1e-3, epochs: 100, batch: 16, optimizer: 'momentum' },
}
