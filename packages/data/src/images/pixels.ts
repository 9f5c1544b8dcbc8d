import { fromValues, type Float, type Shape, type Tensor } from '@pullback/core'
import { checkChoice, checkFloat } from '../options/checkChoice.ts'

/** How pixels become features. */
export interface PixelOptions<D extends Float = 'float32'> {
  /** `'unit'` (unless given): divided by the largest possible value, so from 0 to 1; `'raw'`: as they are in the file. */
  readonly pixels?: 'unit' | 'raw'
  readonly dtype?: D
}

/** Throws unless the options are those that there are; `what` names the reader they were given to. */
export function checkPixels(what: string, { pixels, dtype }: PixelOptions<Float>): void {
  checkChoice(`${what}, pixels`, pixels, ['unit', 'raw'])
  checkFloat(what, dtype)
}

/** Bytes as the features of images, one image a row, `[count, size]`. */
export function pixelFeatures<D extends Float>(
  bytes: Uint8Array,
  count: number,
  size: number,
  { pixels = 'unit', dtype }: PixelOptions<D>,
): Tensor<Shape, D> {
  const kind = dtype ?? ('float32' as D)
  if (pixels === 'raw') return fromValues(bytes, [count, size], kind)
  const values = kind === 'float32' ? new Float32Array(bytes.length) : new Float64Array(bytes.length)
  const scaled = Float64Array.from({ length: 256 }, (_, byte) => byte / 255)
  for (let position = 0; position < bytes.length; position++)
    values[position] = scaled[bytes[position] ?? 0] ?? 0
  return fromValues(values, [count, size], kind)
}
