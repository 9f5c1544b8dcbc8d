import type { Dtype } from '../tensor/dtype.ts'
import { showShape } from '../tensor/shape.ts'

/** What sentences say of a tensor: `float32 [5, 4]`. */
export const showKind = ({
  dtype,
  shape,
}: {
  readonly dtype: Dtype
  readonly shape: readonly number[]
}): string => `${dtype} ${showShape(shape)}`

/** A name in quotes. */
export const said = (name: string): string => `'${name}'`

/** What sentences call a value that is not the tensor it should be. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value}`
}
