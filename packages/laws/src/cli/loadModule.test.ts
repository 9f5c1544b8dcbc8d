import { fileURLToPath } from 'node:url'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { loadModule } from './loadModule.ts'

const here = dirname(fileURLToPath(import.meta.url))

const failing = (error: unknown) => loadModule('loadModule.ts', here, () => Promise.reject(error))

const coded = (code: string, message: string) => Object.assign(new Error(message), { code })

it('gives the exports', async () => {
  const loaded = await loadModule('./loadModule.ts', here, (url) => Promise.resolve({ url }))
  expect('value' in loaded && loaded.value['url']).toBe(new URL('loadModule.ts', import.meta.url).href)
})

it('says in one sentence why there are none', async () => {
  expect(await loadModule('./none.js', here, () => Promise.resolve({}))).toEqual({
    problem: 'there is no file ./none.js',
  })
  expect(
    await failing(coded('ERR_UNKNOWN_FILE_EXTENSION', 'Unknown file extension ".ts" for /x.ts')),
  ).toEqual({
    problem: `loadModule.ts: Node ${process.versions.node} cannot run TypeScript; compile it first, or use Node 22.18 or newer`,
  })
  expect(
    await failing(coded('ERR_MODULE_NOT_FOUND', "Cannot find package '@x/y' imported from /a/b.js")),
  ).toEqual({
    problem: 'loadModule.ts imports @x/y, which cannot be found',
  })
  expect(
    await failing(coded('ERR_MODULE_NOT_FOUND', "Cannot find module '/a/c.js' imported from /a/b.js")),
  ).toEqual({
    problem: 'loadModule.ts imports c.js, which cannot be found',
  })
  expect(await failing(new TypeError('x is not a function\nat y'))).toEqual({
    problem: 'loadModule.ts throws when it is imported: x is not a function',
  })
  expect(await failing('oh')).toEqual({ problem: 'loadModule.ts throws when it is imported: oh' })
  const error = new SyntaxError('Unexpected token')
  error.stack = 'file:///a/loadModule.ts:12\n  a b\n    ^\nSyntaxError: Unexpected token'
  expect(await failing(error)).toEqual({
    problem: 'loadModule.ts, line 12, cannot be read: Unexpected token',
  })
})
