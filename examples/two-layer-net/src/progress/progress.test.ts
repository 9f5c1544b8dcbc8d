import type { Snapshot } from '@pullback/train'
import { expect, test } from 'vitest'
import { recordedTerminal, type World } from '../terminal.fixture.ts'
import type { Epoch } from '../training/history.ts'
import { bar } from './bar.ts'
import { progress } from './progress.ts'
import { progressLine } from './progressLine.ts'

const ended = (epoch: number): Epoch => ({
  epoch,
  step: 2 * epoch,
  train: { loss: 1 / epoch, accuracy: 0.5 },
  validation: { loss: 1, accuracy: 0.987 },
})

const snapshot = (epoch: number, step: number): Snapshot => ({
  epoch,
  step,
  loss: 1 / epoch,
  accuracy: 0.5,
  metrics: {},
  validation: undefined,
  backend: 'reference interpreter',
  params: {},
  optimizerState: {},
  state: {},
  cursor: { seed: 0, epoch, position: 0, step, count: 1, batch: 1, totals: {} },
})

/** What is written in the course of a training of two steps an epoch. */
function written(epochs: number, world: World): string {
  const { terminal, written } = recordedTerminal(world)
  const shown = progress(terminal, epochs, 2)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shown.show(snapshot(epoch, 2 * epoch - 1), undefined)
    shown.show(snapshot(epoch, 2 * epoch), ended(epoch))
  }
  shown.end()
  return written.stdout
}

test('a line says where training is', () => {
  expect(progressLine({ epoch: 7, epochs: 150, loss: 0.12345, accuracy: 1, ended: ended(6) })).toBe(
    'epoch   7/150  loss 0.1235  accuracy 100.0 %  validation  98.7 %',
  )
})

test('a bar is full to its share', () => {
  expect([bar(0, 4), bar(0.5, 4), bar(2, 4)]).toEqual(['[----]', '[##--]', '[####]'])
})

test.each([
  [1, 1],
  [12, 12],
  [13, 8],
  [1000, 13],
])('piped, %i epochs are %i plain lines', (epochs, count) => {
  const text = written(epochs, {})
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Control}/u)
  expect(text.trimEnd().split('\n')).toHaveLength(count)
  expect(text).toContain(`epoch ${epochs}/${epochs}`)
  expect(written(epochs, { isTTY: true, env: { TERM: 'dumb' } })).toBe(text)
})

test('on a terminal, one line is drawn over and over, in colour unless NO_COLOR is set', () => {
  const text = written(3, { isTTY: true })
  expect(text.startsWith('\r')).toBe(true)
  expect(text.endsWith('\n')).toBe(true)
  expect(text.match(/\n/g)).toHaveLength(1)
  expect(text).toContain('\u001B[32m')
  expect(written(3, { isTTY: true, env: { NO_COLOR: '1' } })).not.toContain('\u001B')
  expect(written(3, { isTTY: true, env: { NO_COLOR: '' } })).toContain('\u001B')
})

test.each([10, 40, 66, 72, 80, 200])('a terminal of %i columns is not overflown', (columns) => {
  const text = written(3, { isTTY: true, columns, env: { NO_COLOR: '1' } })
  for (const line of text.trimEnd().split('\r')) expect(line.trimEnd().length).toBeLessThan(columns)
})
