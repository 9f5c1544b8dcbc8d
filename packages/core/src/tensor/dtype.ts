import { showShape } from './shape.ts'

/** The element types: 32-bit and 64-bit IEEE 754 floats and 32-bit signed integers. */
export type Dtype = 'float32' | 'float64' | 'int32'

/** The element types that carry gradients. */
export type Float = 'float32' | 'float64'

/** The typed array that holds elements of each dtype. */
export interface ArrayOf {
  readonly float32: Float32Array
  readonly float64: Float64Array
  readonly int32: Int32Array
}

export type TypedArray = ArrayOf[Dtype]

const constructors = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const

function newArray(dtype: Dtype, length: number): TypedArray {
  // One call for each type is several times as fast as one call of whichever constructor it is.
  if (dtype === 'float32') return new Float32Array(length)
  if (dtype === 'float64') return new Float64Array(length)
  return new Int32Array(length)
}

/** Throws unless this is a dtype; what is none gets here from plain JavaScript. */
export function checkDtype(dtype: Dtype): void {
  if (dtype !== 'float32' && dtype !== 'float64' && dtype !== 'int32')
    throw new TypeError(`there is no dtype '${String(dtype)}', only float32, float64 and int32`)
}

/**
 * A new typed array of `length` zeros of the given dtype.
 *
 * @param shape of the tensor that it is for, as a sentence names it
 * @throws RangeError if there is no room for it; TypeError if there is no such dtype
 */
export function allocate(dtype: Dtype, length: number, shape: readonly number[] = [length]): TypedArray {
  checkDtype(dtype)
  try {
    return newArray(dtype, length)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const bytes = length * bytesPerElement(dtype)
    throw new RangeError(
      `there is no room for a tensor of ${dtype} ${showShape(shape)}, which takes ${bytes} bytes`,
      { cause: error },
    )
  }
}

export const isFloat = (dtype: Dtype): dtype is Float => dtype !== 'int32'

export const bytesPerElement = (dtype: Dtype): number => constructors[dtype].BYTES_PER_ELEMENT
