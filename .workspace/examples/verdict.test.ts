import { expect, it } from 'vitest'
import type { Page } from './block.ts'
import { recorder, type Recorder } from './recorder.ts'
import { problemsOf } from './verdict.ts'

const first = { opening: 3, code: ['1'] }
const second = { opening: 8, code: ['2'] }
const page: Page = { file: 'README.md', blocks: [first, second], prelude: '', runs: true }

const problems = (recorder: Recorder, crash?: unknown) =>
  page.blocks.map((block) => problemsOf(page, block, [], { recorder, crash }))

function reached(...openings: number[]): Recorder {
  const fresh = recorder()
  for (const opening of openings) fresh.reach(opening)
  return fresh
}

it('finds nothing wrong with right values', async () => {
  const all = reached(3, 8)
  all.equal(4, [1, 2], [1, 2])
  await all.throws(9, () => Promise.reject(new TypeError('no')), 'no')
  expect(problems(all)).toEqual([[], []])
})

it('finds a wrong value at its line, to the last digit', () => {
  const all = reached(3, 8)
  all.equal(4, 0.1 + 0.2, 0.3)
  all.equal(9, 'a', 'b')
  expect(problems(all)).toEqual([
    ['README.md:4: expected 0.30000000000000004 to deeply equal 0.3'],
    ["README.md:9: expected 'a' to deeply equal 'b'"],
  ])
})

it('finds a throw that did not happen and one with another sentence', async () => {
  const all = reached(3, 8)
  await all.throws(4, () => Promise.resolve(1), 'no')
  await all.throws(9, () => Promise.reject(new TypeError('yes')), 'no')
  expect(problems(all)).toEqual([
    ["README.md:4: nothing was thrown, expected 'no'"],
    ["README.md:9: expected 'yes' to deeply equal 'no'"],
  ])
})

it('blames the block that ended the page, and fails those that were not reached', () => {
  expect(problems(reached(3), new Error('boom'))).toEqual([
    ['README.md:3: ended early: boom'],
    ['README.md:8: not reached, as the block at line 3 ended the page'],
  ])
})

it('gives what the compiler says to the block of the line', () => {
  const error = { file: 'x', line: 9, column: 1, code: 'TS1', message: 'wrong' }
  expect(page.blocks.map((block) => problemsOf(page, block, [error], undefined))).toEqual([
    [],
    ['README.md:9: TS1: wrong'],
  ])
})
