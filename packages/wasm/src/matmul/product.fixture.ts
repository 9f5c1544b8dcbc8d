import { moduleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { webAssembly } from '../engine/webAssembly.ts'
import type { MatmulKernel, MatmulSpec, Strides } from './kernel.ts'
import { matmulKernel } from './matmulKernel.ts'

export const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const

export interface Rectangle {
  readonly rows: readonly [number, number]
  readonly columns: readonly [number, number]
}

export interface Product {
  readonly out: ArrayLike<number>
  /** Whether only elements of the result were written, apart from scratch memory. */
  readonly restUntouched: boolean
}

/** How many elements a matrix reaches over. */
export const extent = (rows: number, columns: number, { row, column }: Strides): number =>
  rows === 0 || columns === 0 ? 0 : (rows - 1) * row + (columns - 1) * column + 1

const canary = 0x5a

/** A product ready to be computed from numbers; its operands lie at the end of the memory, `last` of them last. */
export function preparedProduct(features: Pick<Features, 'relaxed'>, spec: MatmulSpec, last: 'a' | 'b') {
  if (webAssembly === undefined) throw new Error('there is no WebAssembly')
  const module = moduleBuilder()
  module.importMemory('env', 'memory', { minimum: 1, maximum: 4096, shared: false })
  const kernel: MatmulKernel = matmulKernel(module, features, spec)
  module.export('rectangle', kernel.rectangle)
  const compiled = new webAssembly.Module(module.assemble())
  const array = arrays[spec.dtype]
  const size = array.BYTES_PER_ELEMENT
  const lengths = {
    a: extent(spec.m, spec.k, spec.a),
    b: extent(spec.k, spec.n, spec.b),
    out: extent(spec.m, spec.n, { row: spec.outRowStride, column: 1 }),
  }
  const scratchAt = 64
  const outAt = scratchAt + kernel.scratchBytes + 64 + size
  const least = outAt + size * (lengths.out + lengths.a + lengths.b) + 64
  const pages = Math.ceil(least / 65536)
  const first = last === 'a' ? 'b' : 'a'
  const lastAt = pages * 65536 - size * lengths[last]
  const at = { [last]: lastAt, [first]: lastAt - size * lengths[first] } as Record<'a' | 'b', number>

  const compute = (
    a: ArrayLike<number>,
    b: ArrayLike<number>,
    rectangles: readonly Rectangle[] = [{ rows: [0, spec.m], columns: [0, spec.n] }],
  ): Product => {
    if (webAssembly === undefined) throw new Error('there is no WebAssembly')
    const memory = new webAssembly.Memory({ initial: pages, maximum: 4096, shared: false })
    const instance = new webAssembly.Instance(compiled, { env: { memory } })
    const rectangle = instance.exports['rectangle'] as (...operands: readonly number[]) => void
    const buffer = memory.buffer as ArrayBuffer
    const bytes = new Uint8Array(buffer)
    bytes.fill(canary)
    new array(buffer, at.a, lengths.a).set(a)
    new array(buffer, at.b, lengths.b).set(b)
    for (const { rows, columns } of rectangles)
      rectangle(at.a, at.b, outAt, scratchAt, rows[0], rows[1], columns[0], columns[1])
    const all = new array(buffer, outAt, lengths.out)
    const out = Array.from({ length: spec.m * spec.n }, (_, index) => {
      const [row, column] = [Math.floor(index / spec.n), index % spec.n]
      return all[row * spec.outRowStride + column] ?? Number.NaN
    })
    for (let row = 0; row < spec.m; row++)
      bytes.fill(
        canary,
        outAt + size * row * spec.outRowStride,
        outAt + size * (row * spec.outRowStride + spec.n),
      )
    bytes.fill(canary, scratchAt, scratchAt + kernel.scratchBytes)
    bytes.fill(canary, Math.min(at.a, at.b))
    return { out, restUntouched: bytes.every((byte) => byte === canary) }
  }
  return { compute, lengths, kernel }
}
