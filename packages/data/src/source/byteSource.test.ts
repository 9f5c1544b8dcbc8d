import { bytesSource, readCsv } from '@pullback/data'
import { expect, test } from 'vitest'
import { succeeded } from '../errors/outcome.fixture.ts'

test('what is done to the bytes afterwards changes nothing', async () => {
  const text = 'x,y\n1,0\n'
  for (const bytes of [new TextEncoder().encode(text), Buffer.from(text)]) {
    const source = bytesSource('a.csv', bytes)
    bytes.fill(0)
    expect((await succeeded(readCsv(source))).featureNames).toEqual(['x'])
  }
})
