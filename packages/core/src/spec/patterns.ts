import { chain, isLeft, type Either } from '#fp/Either'
import * as t from '#io'
import { isName, notAName } from '../shape/names.ts'
import type { Wiring } from '../graph/structure.ts'
import type { Pattern, Takes } from '../shape/pattern.ts'
import { maximumRank, type Dim, type Shape } from '../tensor/shape.ts'
import { shorten } from './excerpt.ts'
import { codecThat } from './codecThat.ts'
import { decodeExact } from './decodeExact.ts'
import { jsonData } from './jsonData.ts'
import type { JsonPath } from './jsonPath.ts'
import { refuseValue, type SpecError } from './specError.ts'

/** The codec of names of nodes and inputs; its sentence is that of `graph`. */
export const nameCodec = new t.Type<string>(
  'a name',
  (value): value is string => typeof value === 'string' && isName(value),
  (value, context) => {
    if (typeof value !== 'string') return t.failure(value, context)
    return isName(value) ? t.success(value) : t.failure(value, context, notAName(shorten(value, 60)))
  },
  t.identity,
)

const sizeCodec = codecThat('a non-negative integer, a name or "..."', (value): value is Dim =>
  typeof value === 'string'
    ? value === '...' || isName(value)
    : typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
)

const sizesCodec = t.readonlyArray(sizeCodec)

const isPossible = (shape: Shape): boolean => {
  const sizes = shape.filter((size) => size !== '...')
  return sizes.length <= maximumRank && shape.length - sizes.length <= 1
}

const shapeCodec = new t.Type<Shape>(
  `a list of at most ${maximumRank} sizes and one "..."`,
  (value): value is Shape => sizesCodec.is(value) && isPossible(value),
  (value, context) => {
    const sizes = sizesCodec.validate(value, context)
    return isLeft(sizes) || isPossible(sizes.right) ? sizes : t.failure(value, context)
  },
  t.identity,
)

const integerCodec = t.exact(t.type({ dtype: t.literal('int32'), shape: shapeCodec }))

const patternCodec: t.Type<Pattern, unknown> = t.union([shapeCodec, integerCodec])

/** The codec of records whose every key is a name. */
function namedRecord<A>(values: t.Type<A, unknown>): t.Type<Readonly<Record<string, A>>, unknown> {
  const record = t.record(t.string, values)
  return new t.Type<Readonly<Record<string, A>>, unknown>(
    'an object',
    record.is,
    (value, context) => {
      const wrong = t.UnknownRecord.is(value) ? Object.keys(value).find((key) => !isName(key)) : undefined
      return wrong === undefined
        ? record.validate(value, context)
        : (nameCodec.validate(
            wrong,
            t.appendContext(context, wrong, nameCodec, wrong),
          ) as t.Validation<never>)
    },
    record.encode,
  )
}

const recordCodec = namedRecord(patternCodec)

const isRecord = (data: unknown): boolean =>
  t.UnknownRecord.is(data) && typeof (Object.hasOwn(data, 'dtype') ? data['dtype'] : undefined) !== 'string'

/** The pattern of one input that a spec gives. */
export function readPattern(path: JsonPath, value: unknown): Either<SpecError, Pattern> {
  const data = jsonData(path, value)
  if (isLeft(data)) return data
  return isRecord(data.right)
    ? refuseValue(path, 'the pattern of one input, such as ["N", 4]', data.right)
    : decodeExact(patternCodec, path, data.right)
}

/** The pattern of one input that a spec gives, or those of several by name. */
export function readTakes(path: JsonPath, value: unknown): Either<SpecError, Takes> {
  const data = jsonData(path, value)
  if (isLeft(data)) return data
  return isRecord(data.right)
    ? decodeExact<Takes>(recordCodec, path, data.right)
    : decodeExact(patternCodec, path, data.right)
}

const wiringCodec: t.Type<Wiring, unknown> = t.union([t.string, namedRecord(t.string)])

/** The node or input that a node reads, or several by the names of its layer's inputs. */
export const readWiring = (path: JsonPath, value: unknown): Either<SpecError, Wiring> =>
  chain((data) => decodeExact(wiringCodec, path, data))(jsonData(path, value))
