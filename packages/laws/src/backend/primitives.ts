import {
  abs,
  add,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  max,
  maximum,
  min,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  sigmoid,
  sign,
  sin,
  sqrt,
  sub,
  sum,
  tanh,
  type Op,
} from '@pullback/core'
import type * as fc from 'fast-check'
import { binarySamples, castSamples, unarySamples, whereSamples } from './elementwiseSamples.ts'
import { gatherSamples, oneHotSamples, randomSamples, scatterAddSamples } from './indexingSamples.ts'
import type { PrimitiveSample } from './primitiveSample.ts'
import { argmaxSamples, matmulSamples, reductionSamples } from './reductionSamples.ts'
import {
  broadcastSamples,
  concatSamples,
  iotaSamples,
  leafSamples,
  reshapeSamples,
  sliceSamples,
  transposeSamples,
} from './structuralSamples.ts'

/**
 * How near the result of a primitive has to be to that of the reference:
 *
 * - `bits`: the same bits, whichever NaN it is
 * - `function`: some units in the last place of the exact result, which the reference also is off by a few
 * - `sum`: as far as sums in any order can be off, for their length and the magnitudes of what is added up
 */
export type Nearness = 'bits' | 'function' | 'sum'

/** How a primitive is tried. */
export interface PrimitiveTrial {
  readonly samples: fc.Arbitrary<PrimitiveSample>
  readonly nearness: Nearness
}

const exact = (samples: fc.Arbitrary<PrimitiveSample>): PrimitiveTrial => ({ samples, nearness: 'bits' })
const near = (samples: fc.Arbitrary<PrimitiveSample>): PrimitiveTrial => ({ samples, nearness: 'function' })
const summed = (samples: fc.Arbitrary<PrimitiveSample>): PrimitiveTrial => ({ samples, nearness: 'sum' })

/** How every primitive is tried: one without a trial does not compile. */
export const primitives: { readonly [K in Op]: PrimitiveTrial } = {
  constant: exact(leafSamples(true)),
  input: exact(leafSamples(false)),
  iota: exact(iotaSamples),

  neg: exact(unarySamples(neg, 'any')),
  abs: exact(unarySamples(abs, 'any')),
  sign: exact(unarySamples(sign, 'any')),
  floor: exact(unarySamples(floor, 'any')),
  sqrt: exact(unarySamples(sqrt, 'floats')),
  exp: near(unarySamples(exp, 'floats')),
  expm1: near(unarySamples(expm1, 'floats')),
  log: near(unarySamples(log, 'floats')),
  log1p: near(unarySamples(log1p, 'floats')),
  sin: near(unarySamples(sin, 'floats')),
  cos: near(unarySamples(cos, 'floats')),
  tanh: near(unarySamples(tanh, 'floats')),
  sigmoid: near(unarySamples(sigmoid, 'floats')),
  erf: near(unarySamples(erf, 'floats')),
  cast: exact(castSamples),

  add: exact(binarySamples(add)),
  sub: exact(binarySamples(sub)),
  mul: exact(binarySamples(mul)),
  div: exact(binarySamples(div)),
  pow: near(binarySamples(pow)),
  maximum: exact(binarySamples(maximum)),
  minimum: exact(binarySamples(minimum)),

  equal: exact(binarySamples(equal)),
  notEqual: exact(binarySamples(notEqual)),
  less: exact(binarySamples(less)),
  lessEqual: exact(binarySamples(lessEqual)),
  greater: exact(binarySamples(greater)),
  greaterEqual: exact(binarySamples(greaterEqual)),
  where: exact(whereSamples),

  sum: summed(reductionSamples(sum, { ofNothing: true })),
  max: exact(reductionSamples(max, { ofNothing: false })),
  min: exact(reductionSamples(min, { ofNothing: false })),
  argmax: exact(argmaxSamples),

  matmul: summed(matmulSamples),

  reshape: exact(reshapeSamples),
  transpose: exact(transposeSamples),
  broadcast: exact(broadcastSamples),
  slice: exact(sliceSamples),
  concat: exact(concatSamples),

  gather: exact(gatherSamples),
  scatterAdd: summed(scatterAddSamples),
  oneHot: exact(oneHotSamples),

  random: exact(randomSamples),
}
