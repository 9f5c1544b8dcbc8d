import { expect, it } from 'vitest'
import { isAbsent } from './optionalBackend.ts'

const coded = (message: string) => Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' })
const name = '@pullback/wasm'

it.each([
  coded("Cannot find package '@pullback/wasm' imported from /app/node_modules/@pullback/train/dist/a.js"),
  new TypeError("Failed to resolve module specifier '@pullback/wasm'"),
  new TypeError('The specifier “@pullback/wasm” was a bare specifier, but was not remapped to anything.'),
  new TypeError("Module name, '@pullback/wasm' does not resolve to a valid URL."),
])('is a package that is not installed: %s', (error) => {
  expect(isAbsent(name, error)).toBe(true)
})

it.each([
  coded("Cannot find package 'koffi' imported from /app/node_modules/@pullback/wasm/dist/index.js"),
  coded("Cannot find module '/app/node_modules/@pullback/wasm/dist/index.js' imported from /app/a.js"),
  coded("Cannot find package '@pullback/wasm-more' imported from /app/a.js"),
  new Error("'@pullback/wasm' is broken"),
  '@pullback/wasm',
])('is another matter: %s', (error) => {
  expect(isAbsent(name, error)).toBe(false)
})
