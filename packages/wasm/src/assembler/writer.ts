/** Where bytes are written, in the encodings of the WebAssembly binary format. */
export interface Writer {
  readonly byte: (value: number) => void
  /** An unsigned integer of at most 32 bits, LEB128. */
  readonly unsigned: (value: number) => void
  /** A signed integer of at most 32 bits, LEB128. */
  readonly signed: (value: number) => void
  readonly signed64: (value: bigint) => void
  /** An opcode and the unsigned integer after it, which most instructions of a program are. */
  readonly indexed: (opcode: number, index: number) => void
  /** A number, little-endian, as often as there are lanes for it. */
  readonly int32: (value: number, lanes: number) => void
  readonly int64: (value: bigint, lanes: number) => void
  readonly float32: (value: number, lanes: number) => void
  readonly float64: (value: number, lanes: number) => void
  readonly bytes: (values: ArrayLike<number>) => void
  /** A name: its length in bytes, then UTF-8. */
  readonly name: (text: string) => void
  /** What has been written so far, a view that the next byte may leave behind. */
  readonly written: () => Uint8Array
  /** How many bytes that is. */
  readonly length: () => number
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
  let view = new DataView(buffer.buffer)
  let length = 0
  /** Makes room for so many bytes; gives where they end. */
  const reserve = (count: number): number => {
    const end = length + count
    if (end <= buffer.length) return end
    const larger = new Uint8Array(Math.max(2 * buffer.length, end))
    larger.set(buffer.subarray(0, length))
    buffer = larger
    view = new DataView(larger.buffer)
    return end
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
    indexed(opcode, index) {
      reserve(2)
      buffer[length] = opcode
      if (index < 0x80) buffer[length + 1] = index
      length += index < 0x80 ? 2 : 1
      if (index >= 0x80) unsigned(index)
    },
    int32(value, lanes) {
      const end = reserve(4 * lanes)
      for (; length < end; length += 4) view.setInt32(length, value, true)
    },
    int64(value, lanes) {
      const end = reserve(8 * lanes)
      for (; length < end; length += 8) view.setBigInt64(length, value, true)
    },
    float32(value, lanes) {
      const end = reserve(4 * lanes)
      for (; length < end; length += 4) view.setFloat32(length, value, true)
    },
    float64(value, lanes) {
      const end = reserve(8 * lanes)
      for (; length < end; length += 8) view.setFloat64(length, value, true)
    },
    bytes,
    name(text) {
      const encoded = utf8(text)
      unsigned(encoded.length)
      bytes(encoded)
    },
    written: () => buffer.subarray(0, length),
    length: () => length,
  }
}
