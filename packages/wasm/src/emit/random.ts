import { normalCoefficients, type Random } from '@pullback/core'
import { access, f64, i32, i64, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionBuilder } from '../assembler/module.ts'
import { bytesOf } from './lanes.ts'
import type { EmitContext } from './loop.ts'
import type { Range } from './nest.ts'
import { randomWords, type RandomWords } from './threefry.ts'

const add = (a: Code, b: Code): Code => op('f64.add', a, b)
const sub = (a: Code, b: Code): Code => op('f64.sub', a, b)
const mul = (a: Code, b: Code): Code => op('f64.mul', a, b)
const div = (a: Code, b: Code): Code => op('f64.div', a, b)

/** A polynomial by Horner's rule, in the order of additions of the reference. */
const polynomial = (coefficients: readonly number[], x: Code): Code =>
  coefficients.reduceRight((value, coefficient) => add(mul(value, x), f64(coefficient)), f64(0))

/** The natural logarithm of a positive number, by the formula of the reference. */
function logarithm({ local }: FunctionBuilder, value: Code): Code {
  const { ln2High, ln2Low, series } = normalCoefficients.log
  const bits = local('i64')
  const exponent = local('f64')
  const mantissa = local('f64')
  const s = local('f64')
  const f = local('f64')
  const z = op('f64.mul', s.get, s.get)
  const half = mul(mul(f64(0.5), f.get), f.get)
  const power = op('i64.sub', op('i64.and', op('i64.shr_u', bits.get, i64(52n)), i64(0x7ffn)), i64(1023n))
  const fraction = op('i64.or', op('i64.and', bits.get, i64(0xfffffffffffffn)), i64(0x3ff0000000000000n))
  return sequence(
    bits.set(op('i64.reinterpret_f64', value)),
    exponent.set(op('f64.convert_i64_s', power)),
    mantissa.set(op('f64.reinterpret_i64', fraction)),
    when(
      op('f64.gt', mantissa.get, f64(Math.SQRT2)),
      sequence(mantissa.set(div(mantissa.get, f64(2))), exponent.set(add(exponent.get, f64(1)))),
    ),
    f.set(sub(mantissa.get, f64(1))),
    s.set(div(f.get, add(f64(2), f.get))),
    sub(
      mul(exponent.get, f64(ln2High)),
      sub(
        sub(half, add(mul(s.get, add(half, mul(z, polynomial(series, z)))), mul(exponent.get, f64(ln2Low)))),
        f.get,
      ),
    ),
  )
}

/** The standard normal variate below which a share of them lies, strictly between 0 and 1. */
function quantile(builder: FunctionBuilder, share: Code): Code {
  const { central, middle, far } = normalCoefficients
  const p = builder.local('f64')
  const q = builder.local('f64')
  const r = builder.local('f64')
  const result = builder.local('f64')
  const ratio = ({ numerator, denominator }: typeof central | typeof middle | typeof far, x: Code): Code =>
    div(polynomial(numerator, x), polynomial(denominator, x))
  const isNegative = op('f64.lt', q.get, f64(0))
  const tail = sequence(
    r.set(op('select', p.get, sub(f64(1), p.get), isNegative)),
    r.set(op('f64.sqrt', op('f64.neg', logarithm(builder, r.get)))),
    when(
      op('f64.le', r.get, f64(5)),
      result.set(ratio(middle, sub(r.get, f64(1.6)))),
      result.set(ratio(far, sub(r.get, f64(5)))),
    ),
    when(isNegative, result.set(op('f64.neg', result.get))),
  )
  const near = sequence(
    r.set(sub(f64(0.180625), mul(q.get, q.get))),
    result.set(div(mul(q.get, polynomial(central.numerator, r.get)), polynomial(central.denominator, r.get))),
  )
  return sequence(
    p.set(share),
    q.set(sub(p.get, f64(0.5))),
    when(op('f64.le', op('f64.abs', q.get), f64(0.425)), near, tail),
    result.get,
  )
}

/** The upper 53 of 64 random bits as a multiple of 2^-53 in [0, 1). */
const fraction = ({ first, second }: RandomWords): Code =>
  mul(
    op(
      'f64.convert_i64_u',
      op(
        'i64.or',
        op('i64.shl', op('i64.extend_i32_u', first.get), i64(21n)),
        op('i64.extend_i32_u', op('i32.shr_u', second.get, i32(11))),
      ),
    ),
    f64(2 ** -53),
  )

function variate(builder: FunctionBuilder, { distribution, dtype }: Random, words: RandomWords): Code {
  if (distribution === 'normal') {
    // Half a step above the fraction the argument is never 0 or 1, where the quantile is infinite.
    const share = op('f64.min', add(fraction(words), f64(2 ** -54)), f64(1 - 2 ** -53))
    return quantile(builder, share)
  }
  if (dtype === 'float64') return fraction(words)
  return mul(op('f64.floor', mul(fraction(words), f64(2 ** 24))), f64(2 ** -24))
}

/** Writes the random numbers of the positions of a range, of pairs of positions for bits. */
export function emitRandom(context: EmitContext, random: Random, range: Range): Code {
  const { builder, addresses } = context
  const { distribution, dtype, key, stream, out } = random
  const bytes = bytesOf(dtype)
  const key0 = builder.local('i32')
  const key1 = builder.local('i32')
  const held = builder.local('i32')
  const at = builder.local('i32')
  const address = builder.local('i32')
  const words = randomWords(builder, key0.get, key1.get)
  const begin = sequence(
    key0.set(access('i32.load', 0, addresses.of(key))),
    key1.set(access('i32.load', 4, addresses.of(key))),
    held.set(access('i32.load', 0, addresses.of(stream))),
  )
  const compute = words.compute(at.get, held.get)
  if (distribution === 'bits') {
    const pair = sequence(
      compute,
      address.set(op('i32.add', addresses.of(out), op('i32.shl', at.get, i32(3)))),
      access('i32.store', 0, address.get, words.first.get),
      access('i32.store', 4, address.get, words.second.get),
    )
    return sequence(begin, countUp(at, range.from, range.to, 1, pair))
  }
  const value = variate(builder, random, words)
  const target = op('i32.add', addresses.of(out), op('i32.mul', at.get, i32(bytes)))
  const store =
    dtype === 'float64'
      ? access('f64.store', 0, target, value)
      : access('f32.store', 0, target, op('f32.demote_f64', value))
  return sequence(begin, countUp(at, range.from, range.to, 1, sequence(compute, store)))
}
