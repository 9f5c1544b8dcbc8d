import { f64, i32, i64, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { writeLines } from './lines.ts'
import { piHalves } from './piHalves.ts'

// 2/pi, behind the point, 64 bits each; in front of them is a zero for where the significand reaches beyond the point.
const words = [
  0n,
  0xa2f9836e4e441529n,
  0xfc2757d1f534ddc0n,
  0xdb6295993c439041n,
  0xfe5163abdebbc561n,
  0xb7246e3a424dd2e0n,
  0x06492eea09d1921cn,
  0xfe1deb1cb129a73en,
  0xe88235f52ebb4484n,
  0xe99c7026b45f7e41n,
  0x3991d639835339f4n,
  0x9c845f8bbdf9283bn,
  0x1ff897ffde05980fn,
  0xef2f118b5a0a6d1fn,
  0x6d367ecf27cb09b7n,
  0x4f463f669e5fea2dn,
  0x7527bac7ebe5f17bn,
  0x3d0739f78a5292ean,
  0x6bfb5fb11f8d5d08n,
  0x56033046fc7b6babn,
]

const right = (value: Code, count: bigint | Code) =>
  op('i64.shr_u', value, typeof count === 'bigint' ? i64(count) : count)
const left = (value: Code, count: bigint | Code) =>
  op('i64.shl', value, typeof count === 'bigint' ? i64(count) : count)
const plus = (a: Code, b: Code) => op('i64.add', a, b)
const times = (a: Code, b: Code) => op('i64.mul', a, b)
const lower = (value: Code) => op('i64.and', value, i64(0xffffffffn))

/** A word of 2/pi by its number. */
const defineWord = (module: ModuleBuilder): FunctionReference =>
  module.define({ parameters: ['i32'], results: ['i64'] }, ({ parameters, local }) => {
    const word = local('i64')
    return sequence(
      ...parameters.flatMap((index) =>
        words.map((value, number) =>
          when(op('i32.eq', index.get, i32(number)), word.set(i64(BigInt.asIntN(64, value)))),
        ),
      ),
      word.get,
    )
  })

/**
 * A function that takes a finite number of 2^20 or more and gives r, the rest that r leaves out, and the int64 q, of
 * which the last two bits count: x = q pi/2 + r + rest and |r| is not above pi/4.
 *
 * M. Payne and R. Hanek, "Radian reduction for trigonometric functions", SIGNUM Newsletter 18 (1983): x is m 2^e with an
 * integer m, and bits of 2/pi that stand for multiples of 4 after the product do not matter, so that 192 bits from the
 * first that does are enough.
 */
export function defineHugeReduction(module: ModuleBuilder): FunctionReference {
  const word = defineWord(module)
  return module.define({ parameters: ['f64'], results: ['f64', 'f64', 'i64'] }, (builder) =>
    writeLines(builder, ({ local, line }) => {
      const keep = (type: 'i32' | 'i64' | 'f64', value: Code): Code => {
        const kept = local(type)
        line(kept.set(value))
        return kept.get
      }
      const integer = (value: Code) => keep('i64', value)
      const float = (value: Code) => keep('f64', value)
      const pattern = integer(
        op('i64.reinterpret_f64', sequence(...builder.parameters.map(({ get }) => get))),
      )
      const m = integer(op('i64.or', op('i64.and', pattern, i64((1n << 52n) - 1n)), i64(1n << 52n)))
      // e - 2 bits of 2/pi are left out, and 64 zeros stand in front: e is the exponent less 1075.
      const from = integer(op('i64.sub', right(pattern, 52n), i64(1075n - 62n)))
      const first = keep('i32', op('i32.wrap_i64', right(from, 6n)))
      const offset = integer(op('i64.and', from, i64(63n)))
      const opposite = integer(op('i64.sub', i64(63n), offset))
      const wordAt = (number: number) => integer(word.call(op('i32.add', first, i32(number))))
      const [t0, t1, t2, t3] = [wordAt(0), wordAt(1), wordAt(2), wordAt(3)] as const
      const window = (a: Code, b: Code) =>
        integer(op('i64.or', left(a, offset), right(right(b, 1n), opposite)))
      const [w0, w1, w2] = [window(t0, t1), window(t1, t2), window(t2, t3)] as const

      const mLow = integer(lower(m))
      const mHigh = integer(right(m, 32n))
      const highOfProduct = (w: Code) => {
        const wLow = integer(lower(w))
        const wHigh = integer(right(w, 32n))
        const cross = integer(times(mLow, wHigh))
        const middle = integer(plus(plus(right(times(mLow, wLow), 32n), lower(cross)), times(mHigh, wLow)))
        return plus(plus(times(mHigh, wHigh), right(cross, 32n)), right(middle, 32n))
      }
      const p2 = integer(times(m, w2))
      const low1 = integer(times(m, w1))
      const p1 = integer(plus(low1, highOfProduct(w2)))
      const carry = op('i64.extend_i32_u', op('i64.lt_u', p1, low1))
      const p0 = integer(plus(plus(times(m, w0), highOfProduct(w1)), carry))

      // Two bits in front of the point, then a fraction that counts from -1/2 to 1/2 if its first bit is a sign.
      const fraction = integer(op('i64.or', left(p0, 2n), right(p1, 62n)))
      const behind = op('i64.or', left(p1, 2n), right(p2, 62n))
      const q = integer(plus(right(p0, 62n), right(fraction, 63n)))
      const coarse = float(op('f64.convert_i64_s', fraction))
      const uncounted = op('i64.sub', fraction, op('i64.trunc_sat_f64_s', coarse))
      const fine = float(
        op(
          'f64.add',
          op('f64.convert_i64_s', uncounted),
          op('f64.mul', op('f64.convert_i64_u', behind), f64(2 ** -64)),
        ),
      )
      const sum = float(op('f64.add', coarse, fine))
      const rest = float(op('f64.sub', fine, op('f64.sub', sum, coarse)))

      // Times pi/2 2^-64, its halves split so that the products are exact (T. J. Dekker, 1971).
      const scale = 2 ** -64
      const high = float(
        op(
          'f64.reinterpret_i64',
          op('i64.and', op('i64.reinterpret_f64', sum), i64(BigInt.asIntN(64, ~0x7ffffffn))),
        ),
      )
      const low = float(op('f64.sub', sum, high))
      const product = float(op('f64.mul', sum, f64(piHalves.rounded * scale)))
      const by = (factor: Code, constant: number) => op('f64.mul', factor, f64(constant * scale))
      const errorOfProduct = [
        by(high, piHalves.upper),
        op('f64.neg', product),
        by(high, piHalves.lower),
        by(low, piHalves.upper),
        by(low, piHalves.lower),
        by(sum, piHalves.rest),
        by(rest, piHalves.rounded),
      ].reduce((a, b) => op('f64.add', a, b))
      const tail = float(errorOfProduct)
      const r = float(op('f64.add', product, tail))
      return sequence(r, op('f64.sub', tail, op('f64.sub', r, product)), q)
    }),
  )
}
