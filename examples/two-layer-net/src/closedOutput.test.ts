import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { outliveReaders } from './closedOutput.ts'

test.each(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'])('%s of an output is no reason to stop', (code) => {
  const stream = new EventEmitter()
  outliveReaders(stream)
  expect(() => stream.emit('error', Object.assign(new Error(code), { code }))).not.toThrow()
})

test('another error of an output is thrown', () => {
  const stream = new EventEmitter()
  outliveReaders(stream)
  const full = Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
  expect(() => stream.emit('error', full)).toThrow(full)
})
