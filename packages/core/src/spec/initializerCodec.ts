import * as t from '#io'
import type { Initializer } from '../layer/initializer.ts'
import { finiteNumber } from './numbers.ts'

const plain = <K extends string>(kind: K) => t.exact(t.type({ kind: t.literal(kind) }))

/**
 * The codec of initializers, for the hyperparameters of layers that have parameters.
 *
 * @example
 * initializerCodec.is(weightScale(1e-2)) // => true
 */
export const initializerCodec: t.Type<Initializer, unknown> = t.union([
  t.exact(t.type({ kind: t.literal('constant'), value: finiteNumber })),
  t.exact(t.type({ kind: t.literal('weightScale'), deviation: finiteNumber })),
  plain('heNormal'),
  plain('heUniform'),
  plain('xavierNormal'),
  plain('xavierUniform'),
])
