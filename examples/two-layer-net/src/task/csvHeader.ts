import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

const longest = 65_536

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

async function beginning(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream) {
    pieces.push(piece)
    length += piece.length
    if (length >= longest || piece.includes('\n')) break
  }
  return Buffer.concat(pieces)
}

/**
 * What the first line of a CSV file is, as `readCsv` wants to be told: `'counts'`, the number of rows and of features
 * and the names of the classes, in the files of scikit-learn; `'none'`, numbers, so data already; else `'names'`.
 *
 * A file that cannot be read gives `'names'`: the reader says what is wrong with it.
 */
export async function csvHeader(path: string): Promise<'names' | 'none' | 'counts'> {
  try {
    const raw = await beginning(createReadStream(path) as AsyncIterable<Buffer>)
    const unzipped = () => beginning(createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>)
    const [line = ''] = (isGzip(raw) ? await unzipped() : raw).toString('utf8').split(/\r?\n/, 1)
    const fields = line.replace(/^\uFEFF/, '').split(',')
    const features = fields.slice(0, -1)
    if (
      features.length > 0 &&
      features.every((field) => field.trim() !== '' && Number.isFinite(Number(field)))
    )
      return 'none'
    const counts = fields.slice(0, 2).every((field) => /^\d+$/.test(field))
    return counts && fields.length > 2 ? 'counts' : 'names'
  } catch {
    return 'names'
  }
}
