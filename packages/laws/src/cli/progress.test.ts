import { expect, it } from 'vitest'
import { progressOn } from './progress.ts'

function watched(isTTY: boolean) {
  const written: string[] = []
  let time = 0
  const progress = progressOn({ write: (text) => written.push(text), isTTY, now: () => time })
  const pass = (milliseconds: number) => {
    time += milliseconds
  }
  return { written, progress, pass }
}

it('is silent where the output is piped', () => {
  const { written, progress, pass } = watched(false)
  pass(10_000)
  progress.tick('a', 'gradient', 5)
  progress.clear()
  expect(written).toEqual([])
})

it('appears on long runs, now and then, and is removed', () => {
  const { written, progress, pass } = watched(true)
  progress.tick('a', 'gradient', 500)
  expect(written).toEqual([])
  pass(600)
  progress.tick('a', 'gradient', 500)
  progress.tick('a', 'gradient', 500)
  pass(200)
  progress.tick('a', 'rows', 500)
  progress.clear()
  progress.clear()
  expect(written).toEqual(['\r\u001B[2Ka: gradient 2/500', '\r\u001B[2Ka: rows 1/500', '\r\u001B[2K'])
})
