import { chain, exponentialDecay, momentum, nesterov, sgd, type Optimizer } from '@pullback/train'
import type { OptimizerName } from '../arguments/options.ts'

const beta = 0.9

/** What is left of the learning rate at the end of training. */
export const finalShare = 0.1

/** An optimizer by name, whose learning rate falls smoothly to a tenth over the steps of the training. */
export function optimizerFor(name: OptimizerName, learningRate: number, steps: number): Optimizer {
  const descent = sgd(exponentialDecay(learningRate, { rate: finalShare, steps }))
  switch (name) {
    case 'sgd':
      return descent
    case 'momentum':
      return chain(momentum(beta), descent)
    case 'nesterov':
      return chain(nesterov(beta), descent)
  }
}
