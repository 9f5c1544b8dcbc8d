import { affine, objective, relu, sequential, softmaxCrossEntropy, toSpec, type Net } from '@pullback/core'
import * as E from '#fp/Either'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../terminal.fixture.ts'
import { specNet } from './specNet.ts'

const file = (text: string): string => {
  const path = join(temporaryFolder(), 'net.json')
  writeFileSync(path, text)
  return path
}

const spec = (net: Net): string => file(JSON.stringify(toSpec(net)))

const message = async (path: string) => {
  const read = await specNet(path, 2, 3)
  return E.isLeft(read) ? read.left.message.replace(`--spec ${path}: `, '') : 'nothing is wrong'
}

const deep = sequential(
  ['N', 2],
  ['a', affine(2, 4)],
  ['b', relu()],
  ['c', affine(4, 4)],
  ['d', affine(4, 3)],
)

test('a net that fits is read', async () => {
  expect(await specNet(spec(deep), 2, 3)).toMatchObject(E.right({ kind: 'sequential' }))
})

test('one that does not fit, and a file that holds none, are answered by a sentence', async () => {
  expect(await message(spec(affine(5, 3)))).toBe(
    'it does not take the data, which are [N, 2]: affine(5, 3) takes [N, 5] but is given [N, 2]',
  )
  expect(await message(spec(affine(2, 4)))).toBe('it gives [N, 4], but 3 classes need [N, 3]')
  expect(await message(spec(objective(deep, softmaxCrossEntropy(3))))).toContain('it holds an objective')
  expect(await message(file('{"version": 1,'))).toContain('line 1, column')
  expect(await message(file('{"version":1,"net":{"kind":"rely"}}'))).toContain(
    'there is no kind of layer "rely"',
  )
  expect(await message('none.json')).toBe('there is no such file')
  expect(await message(temporaryFolder())).toBe('it is a folder, not a file')
})
