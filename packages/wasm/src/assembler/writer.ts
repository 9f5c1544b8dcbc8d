/** Where bytes are written, in the encodings of the WebAssembly binary format. */
export interface Writer {
  readonly byte: (value: number) => void
  /** An unsigned integer of at most 32 bits, LEB128. */
  readonly unsigned: (value: number) => void
  /** A signed integer of at most 32 bits, LEB128. */
  readonly signed: (value: number) => void
  readonly signed64: (value: bigint) => void
  readonly float32: (value: number) => void
  readonly float64: (value: number) => void
  readonly bytes: (values: ArrayLike<number>) => void
  /** A name: its length in bytes, then UTF-8. */
  readonly name: (text: string) => void
  /** What has been written so far, a view that the next byte may leave behind. */
  readonly written: () => Uint8Array
}

function utf8(text: string): readonly number[] {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f))
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f))
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      )
  }
  return bytes
}

export function writer(): Writer {
  let buffer = new Uint8Array(256)
  let length = 0
  const scratch = new DataView(new ArrayBuffer(8))
  const reserve = (count: number) => {
    if (length + count <= buffer.length) return
    const larger = new Uint8Array(Math.max(2 * buffer.length, length + count))
    larger.set(buffer.subarray(0, length))
    buffer = larger
  }
  const byte = (value: number) => {
    if (length === buffer.length) reserve(1)
    buffer[length] = value
    length += 1
  }
  const unsigned = (value: number) => {
    let rest = value >>> 0
    while (rest >= 0x80) {
      byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    byte(rest)
  }
  const bytes = (values: ArrayLike<number>) => {
    const count = values.length
    reserve(count)
    // A call of `set` takes longer than the few bytes that most instructions have.
    if (count > 64) buffer.set(values, length)
    else for (let at = 0; at < count; at++) buffer[length + at] = values[at] ?? 0
    length += count
  }
  const scratchBytes = (count: number) => {
    for (let at = 0; at < count; at++) byte(scratch.getUint8(at))
  }
  return {
    byte,
    unsigned,
    signed(value) {
      let rest = value | 0
      while (rest < -0x40 || rest >= 0x40) {
        byte((rest & 0x7f) | 0x80)
        rest >>= 7
      }
      byte(rest & 0x7f)
    },
    signed64(value) {
      let rest = BigInt.asIntN(64, value)
      while (rest < -0x40n || rest >= 0x40n) {
        byte(Number(rest & 0x7fn) | 0x80)
        rest >>= 7n
      }
      byte(Number(rest & 0x7fn))
    },
    float32(value) {
      scratch.setFloat32(0, value, true)
      scratchBytes(4)
    },
    float64(value) {
      scratch.setFloat64(0, value, true)
      scratchBytes(8)
    },
    bytes,
    name(text) {
      const encoded = utf8(text)
      unsigned(encoded.length)
      bytes(encoded)
    },
    written: () => buffer.subarray(0, length),
  }
}
