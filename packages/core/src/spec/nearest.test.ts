import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const names = ['affine', 'relu', 'softmaxCrossEntropy', 'identity', 'W', 'b']

test('a name with one letter lost, doubled or swapped is found again', () => {
  const long = names.filter((name) => name.length > 3)
  fc.assert(
    fc.property(fc.constantFrom(...long), fc.nat(), fc.nat(2), (name, where, how) => {
      const at = where % (name.length - 1)
      const [a = '', b = ''] = [name[at], name[at + 1]]
      const typo = name.slice(0, at) + [a, `${a}${a}${b}`, `${b}${a}`][how] + name.slice(at + 2)
      expect(nearest(typo, names)).toBe(name)
    }),
  )
})

test('another name is none of them', () => {
  expect(['lstm', 'x', '', 'w '.repeat(100)].map((name) => nearest(name, names))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(nearest('Relu', names)).toBe('relu')
  expect(nearest('w', names)).toBe('W')
})
