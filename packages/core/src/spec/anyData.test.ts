import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { toSpec } from '@pullback/core'
import { flawOf } from './flaw.fixture.ts'
import { netArbitrary, objectiveArbitrary } from './net.arbitrary.ts'

const anything = fc.oneof(
  fc.jsonValue(),
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    withObjectString: true,
    withBoxedValues: true,
  }),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'relu',
    'graph',
    -1,
    0,
    0.5,
    1e21,
    NaN,
    -0,
    [],
    {},
    null,
  ),
)

test('anything at all', () => {
  fc.assert(
    fc.property(anything, (json) => {
      expect(flawOf(json)).toBeUndefined()
    }),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(anything, (net) => {
      expect(flawOf({ version: 1, net })).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

/** Where an object or list stands in data, and one of its keys. */
function places(data: unknown): readonly (readonly [holder: object, key: string])[] {
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return []
  return Object.entries(data).flatMap(([key, value]) => [[data, key] as const, ...places(value)])
}

const mutation = fc.oneof(
  fc.constant({ how: 'delete' } as const),
  anything.map((value) => ({ how: 'replace', value }) as const),
  fc.tuple(fc.string(), anything).map(([key, value]) => ({ how: 'add', key, value }) as const),
  fc.constant({ how: 'move' } as const),
)

test('a valid spec with a part deleted, replaced, added or moved', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        netArbitrary.map(({ layer }) => layer),
        objectiveArbitrary,
      ),
      fc.array(fc.tuple(fc.nat(), fc.nat(), mutation), { minLength: 1, maxLength: 2 }),
      (net, mutations) => {
        const spec: unknown = JSON.parse(JSON.stringify(toSpec(net)))
        for (const [where, other, change] of mutations) {
          const all = places(spec)
          const [holder, key] = all[where % all.length] ?? [{}, '']
          const [source, sourceKey] = all[other % all.length] ?? [{}, '']
          if (change.how === 'delete') Reflect.deleteProperty(holder, key)
          else
            Reflect.defineProperty(
              holder,
              change.how === 'add' && !Array.isArray(holder) ? change.key : key,
              {
                value:
                  change.how === 'move'
                    ? (structuredClone(Reflect.get(source, sourceKey)) as unknown)
                    : change.value,
                enumerable: true,
                configurable: true,
                writable: true,
              },
            )
        }
        expect(flawOf(spec)).toBeUndefined()
      },
    ),
    { numRuns: 500 },
  )
})
