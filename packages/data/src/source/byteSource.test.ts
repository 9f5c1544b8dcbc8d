import { bytesSource, readCsv } from '@pullback/data'
import { expect, test } from 'vitest'
import { sentence, succeeded } from '../errors/outcome.fixture.ts'

test('what is done to the bytes afterwards changes nothing', async () => {
  const text = 'x,y\n1,0\n'
  for (const bytes of [new TextEncoder().encode(text), Buffer.from(text)]) {
    const source = bytesSource('a.csv', bytes)
    bytes.fill(0)
    expect((await succeeded(readCsv(source))).featureNames).toEqual(['x'])
  }
})

test('a source of something else than bytes is a sentence', async () => {
  for (const chunk of ['x,y\n1,0\n', [120], undefined]) {
    const bytes = async function* () {
      yield chunk as unknown as Uint8Array
    }
    expect(await sentence(readCsv({ name: 'a.csv', bytes }))).toBe(
      `a.csv: expected bytes to read, found the failure "it gives ${typeof chunk} instead of bytes"`,
    )
  }
})
