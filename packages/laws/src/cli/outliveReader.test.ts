import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { outliveReader } from './outliveReader.ts'

it('a reader that has gone ends nothing, and any other error is thrown', () => {
  const stream = new EventEmitter()
  outliveReader(stream)
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
  expect(() => stream.emit('error', gone)).not.toThrow()
  expect(() => stream.emit('error', new Error('no space'))).toThrow('no space')
})
