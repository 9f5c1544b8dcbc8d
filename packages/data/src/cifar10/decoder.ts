import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import { counted } from '../errors/quote.ts'
import { collector } from '../source/collector.ts'
import type { Decoder } from '../source/decodeSource.ts'

/** The bytes of an image: 1024 red, 1024 green, 1024 blue, each row by row. */
export const imageBytes = 3072

const recordBytes = 1 + imageBytes

export const cifar10Classes = 10

/** The content of one or more files: labels, and images without gaps in between. */
export interface Cifar10Records {
  readonly labels: Uint8Array
  readonly images: Uint8Array
}

const newBytes = (length: number): Uint8Array => new Uint8Array(length)

function labelFault(label: number, record: number): Fault {
  return {
    kind: 'value',
    at: `record ${record}`,
    expected: `a class from 0 to ${cifar10Classes - 1} in its first byte`,
    found: String(label),
    remedy: 'is this the binary version of CIFAR-10?',
  }
}

/**
 * Reads records of 3073 bytes, a label and an image, to the end of the file.
 * Source: A. Krizhevsky, "The CIFAR-10 dataset", section "Binary version".
 */
export function cifar10Decoder(): Decoder<Cifar10Records> {
  const labels = collector(newBytes)
  const images = collector(newBytes)
  let position = 0
  return {
    take: (chunk) => {
      for (let at = 0; at < chunk.length;) {
        const within = position % recordBytes
        if (within === 0) {
          const label = chunk[at] ?? 0
          if (label >= cifar10Classes) return labelFault(label, labels.length())
          labels.push(label)
        }
        const skipped = within === 0 ? 1 : 0
        const end = Math.min(chunk.length, at + recordBytes - within)
        images.append(chunk.subarray(at + skipped, end))
        position += end - at
        at = end
      }
      return undefined
    },
    end: () => {
      const rest = position % recordBytes
      if (rest === 0) return E.right({ labels: labels.finish(), images: images.finish() })
      const whole = counted(Math.floor(position / recordBytes), 'whole record')
      return E.left({
        kind: 'truncated',
        expected: `records of ${recordBytes} bytes`,
        found: `${counted(rest, 'byte')} after ${whole}`,
        remedy: 'the file is cut off; get it again',
      })
    },
  }
}
