import type * as t from '#io'
import { codecThat } from './codecThat.ts'

/** The codec of a field that must be there and is looked at later; `name` is what it should be. */
export const anything = (name: string): t.Type<unknown> =>
  codecThat(name, (value): value is unknown => value !== undefined)
