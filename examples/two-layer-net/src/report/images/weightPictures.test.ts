import { expect, test } from 'vitest'
import { imageForm, weightPicture } from './weightPictures.ts'

test('images of one or three channels can be drawn', () => {
  expect(imageForm([8, 9])).toEqual({ channels: 1, height: 8, width: 9 })
  expect(imageForm([3, 8, 9])).toEqual({ channels: 3, height: 8, width: 9 })
  expect([imageForm(undefined), imageForm([8]), imageForm([2, 8, 9])]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('weights below zero are blue, above it red, at it nearly white', () => {
  const { pixels } = weightPicture([-2, 0, 2, 1], { channels: 1, height: 2, width: 2 })
  expect([...pixels.subarray(0, 12)]).toEqual([33, 102, 172, 255, 247, 247, 247, 255, 178, 24, 43, 255])
})

test('colours go from the least to the largest weight; weights all alike are no trouble', () => {
  const form = { channels: 3, height: 1, width: 1 } as const
  expect([...weightPicture([-1, 0, 1], form).pixels]).toEqual([0, 128, 255, 255])
  expect([...weightPicture([4, 4, 4], form).pixels]).toEqual([0, 0, 0, 255])
})
