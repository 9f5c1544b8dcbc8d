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

/** A new typed array of `length` zeros of the given dtype. */
export function allocate(dtype: Dtype, length: number): TypedArray {
  // One call for each type is several times as fast as one call of whichever constructor it is.
  if (dtype === 'float32') return new Float32Array(length)
  if (dtype === 'float64') return new Float64Array(length)
  return new Int32Array(length)
}

export const isFloat = (dtype: Dtype): dtype is Float => dtype !== 'int32'

export const bytesPerElement = (dtype: Dtype): number => constructors[dtype].BYTES_PER_ELEMENT
