import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import { png, pngAddress } from './png.ts'

const picture = { width: 2, height: 2, pixels: Uint8Array.from({ length: 16 }, (_, at) => 10 * at) }

test('the checksum is that of the standard', () => {
  expect(crc32(Buffer.from('123456789')).toString(16)).toBe('cbf43926')
})

test('the chunks hold what was drawn', () => {
  const bytes = png(picture)
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const body = bytes.subarray(at + 4, at + 8 + length)
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4))
    at += length + 12
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  expect([...(chunks.get('IHDR') ?? [])]).toEqual([0, 0, 0, 2, 0, 0, 0, 2, 8, 6, 0, 0, 0])
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  expect([...rows]).toEqual([0, ...picture.pixels.subarray(0, 8), 0, ...picture.pixels.subarray(8)])
  expect(pngAddress(picture)).toMatch(/^data:image\/png;base64,iVBOR/)
})
