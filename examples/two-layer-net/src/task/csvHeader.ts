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

/** The first line of a file, gzipped or not; of one that cannot be read, none: its reader says what is wrong. */
export async function firstLine(path: string): Promise<string> {
  try {
    const raw = await beginning(createReadStream(path) as AsyncIterable<Buffer>)
    const unzipped = () => beginning(createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>)
    const [line = ''] = (isGzip(raw) ? await unzipped() : raw).toString('utf8').split(/\r?\n/, 1)
    return line.replace(/^\uFEFF/, '')
  } catch {
    return ''
  }
}

/**
 * What the first line of a CSV file is, as `readCsv` wants to be told: `'counts'`, the number of rows and of features
 * and the names of the classes, in the files of scikit-learn; `'none'`, numbers, so data already; else `'names'`.
 */
export function csvHeader(line: string): 'names' | 'none' | 'counts' {
  const fields = line.split(',')
  const features = fields.slice(0, -1)
  if (features.length > 0 && features.every((field) => field.trim() !== '' && Number.isFinite(Number(field))))
    return 'none'
  const counts = fields.slice(0, 2).every((field) => /^\d+$/.test(field))
  return counts && fields.length > 2 ? 'counts' : 'names'
}

const separators = { ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const

/** Why a first line has no columns parted by commas, if so: what parts them instead. */
export function otherSeparator(line: string): string | undefined {
  const bare = line.replaceAll(/"[^"]*"/g, '')
  // A quote that is left opens a name that goes on in the next line.
  if (line === '' || bare.includes('"')) return undefined
  const count = (separator: string): number => bare.split(separator).length - 1
  const other = Object.entries(separators).find(([separator]) => count(separator) > count(','))
  return other?.[1] ?? (count(',') === 0 ? 'nothing' : undefined)
}
