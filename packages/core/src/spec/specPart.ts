import type { Either } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import type { Opened } from './assemble.ts'
import type { JsonPath } from './jsonPath.ts'
import type { SpecError } from './specError.ts'

/** A layer in a spec, not yet read: where it stands and what stands there. */
export interface SpecPart {
  readonly path: JsonPath
  readonly value: unknown
}

/** A layer in a spec whose own fields have been read, but not yet the layers in it. */
export type OpenedSpec = Either<SpecError, Opened<SpecPart, Net, SpecError>>

/** The fields of one object of a spec, copied. */
export type Fields = Readonly<Record<string, unknown>>
