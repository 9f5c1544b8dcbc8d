import { gunzipSync, gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as E from '#fp/Either'
import { failed, succeeded } from '../errors/outcome.fixture.ts'
import { decodeSource, type Decoder } from './decodeSource.ts'
import type { Input } from './fileSource.ts'
import { inPieces, pieceSizes } from './pieces.arbitrary.ts'

const collect = (): Decoder<readonly number[]> => {
  const bytes: number[] = []
  return {
    take: (chunk) => {
      for (const byte of chunk) bytes.push(byte)
      return undefined
    },
    end: () => E.right(bytes),
  }
}

const read = (input: Input) => decodeSource(input, collect)

const content = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  fc
    .integer({ min: 1, max: 100_000 })
    .map((length) => new Uint8Array(length).map((_, at) => (at * at) % 251)),
)

const refuse = (): Decoder<never> => {
  const fault = { kind: 'value', expected: 'nothing', found: 'something' } as const
  return { take: () => fault, end: () => E.left(fault) }
}

test('a gzip file of several members is all of them', async () => {
  const joined = Buffer.concat([gzipSync('one '), gzipSync('two')])
  expect(Buffer.from(await succeeded(read(inPieces('two.gz', joined, [7])))).toString()).toBe('one two')
})

describe.each(['Node', 'a browser'])('in %s', (place) => {
  beforeEach(() => {
    if (place === 'a browser') vi.stubGlobal('process', {})
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('bytes come out the same, gzipped or not, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(content, pieceSizes, async (bytes, sizes) => {
        fc.pre(bytes[0] !== 0x1f)
        const expected = Array.from(bytes)
        expect(await succeeded(read(inPieces('plain', bytes, sizes)))).toEqual(expected)
        expect(await succeeded(read(inPieces('zipped', gzipSync(bytes), sizes)))).toEqual(expected)
      }),
    )
  })

  test('a gzip file cut off anywhere is called so', async () => {
    const zipped = gzipSync(new Uint8Array(3000).map((_, at) => (at * at) % 251))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: zipped.length - 1 }), pieceSizes, async (length, sizes) => {
        const { message } = await failed(read(inPieces('cut.gz', zipped.subarray(0, length), sizes)))
        expect(message).toBe('cut.gz: expected a sound gzip file, found one that is cut off; get it again')
      }),
    )
  })

  test('a gzip file with a wrong byte anywhere is damaged, or gunzip itself sees nothing wrong', async () => {
    const plain = new Uint8Array(3000).map((_, at) => (at * at) % 251)
    const zipped = gzipSync(plain)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: zipped.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const damaged = zipped.map((byte, position) => (position === at ? byte ^ flip : byte))
          const result = await read(inPieces('bad.gz', damaged, [100]))()
          expect(E.isLeft(result) ? result.left.kind : result.right).toEqual(
            E.isLeft(result) ? 'gzip' : Array.from(gunzipSync(damaged)),
          )
        },
      ),
    )
  })

  test('a wrong checksum and text after the end are damage', async () => {
    const zipped = gzipSync('some text')
    const checksum = zipped.map((byte, at) => (at === zipped.length - 6 ? byte ^ 1 : byte))
    for (const damaged of [checksum, Buffer.concat([zipped, Buffer.from('more')])]) {
      expect((await failed(read(inPieces('bad.gz', damaged, [100])))).message).toBe(
        'bad.gz: expected a sound gzip file, found one with missing, wrong or surplus bytes; get it again',
      )
    }
  })

  test('a decoder that has seen enough ends the reading, and the source is closed', async () => {
    let given = 0
    let closed = false
    const zipped = gzipSync(new Uint8Array(10_000_000).map((_, at) => (at * at * at) % 251))
    const source = {
      name: 'long',
      bytes: async function* () {
        try {
          for (let at = 0; at < zipped.length; at += 1000, given++) yield zipped.subarray(at, at + 1000)
        } finally {
          closed = true
        }
      },
    }
    expect((await failed(decodeSource(source, refuse))).message).toBe(
      'long: expected nothing, found something',
    )
    expect(closed).toBe(true)
    expect(given).toBeLessThan(zipped.length / 1000 / 2)
  })

  test('a source that fails within a gzip file is its own failure, not damage', async () => {
    const zipped = gzipSync('some text')
    const source = {
      name: 'line',
      bytes: async function* () {
        yield zipped.subarray(0, 12)
        throw new Error('connection lost')
      },
    }
    expect((await failed(read(source))).message).toBe(
      'line: expected bytes to read, found the failure "connection lost"',
    )
  })

  test('nothing, plain or gzipped, is an empty file', async () => {
    for (const bytes of [new Uint8Array(), gzipSync('')])
      expect((await failed(read(inPieces('none', bytes, [5])))).message).toBe(
        'none: expected data, found an empty file',
      )
  })
})
