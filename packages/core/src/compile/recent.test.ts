import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { recent } from './recent.ts'

const same = (a: number, b: number): boolean => a === b

test('the values that were used last are those that are kept', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(9)), (limit, asked) => {
      const dropped: number[] = []
      const cache = recent<number>(limit, (value) => dropped.push(value))
      let model: readonly number[] = []
      for (const key of asked) {
        const found = cache.find(same, key)
        expect(found).toBe(model.includes(key) ? key : undefined)
        if (found === undefined) cache.keep(key)
        const all = [key, ...model.filter((one) => one !== key)]
        model = all.slice(0, limit)
        expect(dropped.splice(0)).toEqual(all.slice(limit))
        expect(cache.values()).toEqual(model)
        if (key % 3 > 0) continue
        cache.forget(key)
        model = model.filter((one) => one !== key)
      }
    }),
  )
})
