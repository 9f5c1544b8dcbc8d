import { add, initialConstant, initialZeros, layer, mul, parameter, signature, sum } from '@pullback/core'

/**
 * A learned scale and shift of every column.
 *
 * Input X `[N, columns]`, parameters g and b `[columns]`, output `[N, columns]`:
 *
 *     Y = X * g + b              g and b are repeated for every row
 *     dg = colsum(dY * X)        [columns]
 *     db = colsum(dY)            [columns]
 *     dX = dY * g                [N, columns]
 *
 * @param columns the number of columns
 * @example
 * const params = { g: tensor([2, 3]), b: tensor([0, 1]) }
 * toNested(scaleShift(2).forward(params, tensor([[1, 1]])).output) // => [[2, 4]]
 */
export const scaleShift = <const C extends number>(columns: C) =>
  layer({
    kind: 'scaleShift',
    hyperparameters: { columns },
    shape: signature(`scaleShift(${columns})`, ['N', columns], ['N', columns]),
    params: { g: parameter([columns], initialConstant(1)), b: parameter([columns], initialZeros()) },
    forward: ({ g, b }, X) => ({ output: add(mul(X, g), b), cache: { X } }),
    backward: ({ g }, { X }, dY) => ({
      dParams: { g: sum(mul(dY, X), { axes: 0 }), b: sum(dY, { axes: 0 }) },
      dInput: mul(dY, g),
    }),
  })
