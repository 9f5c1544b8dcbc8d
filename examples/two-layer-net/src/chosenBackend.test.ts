import { backendOf, registerBackend } from '@pullback/core'
import { loadBackend } from '@pullback/train'
import * as E from '#fp/Either'
import { expect, test } from 'vitest'
import { chosenBackend } from './chosenBackend.ts'

test('a backend is begun, and described', async () => {
  const backend = backendOf('reference')
  expect(await chosenBackend('reference')).toEqual(E.right({ backend, description: 'reference interpreter' }))
})

test('one that cannot begin is refused in a sentence', async () => {
  await loadBackend('blas')
  registerBackend({
    ...backendOf('reference'),
    name: 'blas',
    rank: -1,
    description: 'no BLAS was found: install one',
  })
  expect(await chosenBackend('blas')).toEqual(
    E.left({ code: 2, message: '--backend blas: no BLAS was found: install one' }),
  )
})
