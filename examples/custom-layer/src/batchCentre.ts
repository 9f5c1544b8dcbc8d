import { layer, mean, signature, sub, type Tensor } from '@pullback/core'

/** Every column without its mean over the batch. */
const centred = (x: Tensor): Tensor => sub(x, mean(x, { axes: 0, keepDims: true }))

/**
 * Every column shifted to the mean 0 over the batch.
 *
 * Input X `[N, D]`, output `[N, D]`, m the row of column means:
 *
 *     Y = X - 1 m                1 is the column of N ones
 *     dX = dY - 1 mean(dY)       every row reaches every other through the mean
 *
 * @example
 * toNested(batchCentre().forward({}, tensor([[1, 5], [3, 7]])).output) // => [[-1, -1], [1, 1]]
 */
export const batchCentre = () =>
  layer({
    kind: 'batchCentre',
    shape: signature('batchCentre', ['N', 'D'], ['N', 'D']),
    params: {},
    forward: (_, X) => ({ output: centred(X), cache: {} }),
    backward: (_, __, dY) => ({ dParams: {}, dInput: centred(dY) }),
  })
