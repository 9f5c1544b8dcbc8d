import { crc32 } from './crc32.ts'
import { deflateSync } from 'node:zlib'

/** A picture: its pixels row by row, red, green, blue and opacity from 0 to 255 each. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const piece = Buffer.alloc(body.length + 8)
  piece.writeUInt32BE(data.length, 0)
  body.copy(piece, 4)
  piece.writeUInt32BE(crc32(body), body.length + 4)
  return piece
}

/** A picture in PNG, 8 bits a channel (W3C, "Portable Network Graphics", second edition). */
export function png({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (1 + 4 * width))
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(4 * width * y, 4 * width * (y + 1)), y * (1 + 4 * width) + 1)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A picture as the address of an image, for pages that stand alone. */
export const pngAddress = (picture: Picture): string =>
  `data:image/png;base64,${png(picture).toString('base64')}`
