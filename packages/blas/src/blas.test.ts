import { isRight } from '#fp/Either'
import { describeBackendLaws } from '@pullback/laws'
import { describe } from 'vitest'
import { blas } from './blas.ts'
import { findLibrary } from './library/findLibrary.ts'

const library = findLibrary()

const missing = isRight(library) ? '' : `, skipped: ${library.left.message}`

describe.skipIf(missing !== '')(`blas${missing}`, () => {
  // What is no product is computed by wasm, whose tests hold it to all laws.
  describeBackendLaws('blas', blas(), {
    only: [
      'matmul',
      'sum',
      'exp',
      'programs',
      'training',
      'again',
      'apart',
      'shared',
      'snapshots',
      'refusals',
    ],
    parameters: { numRuns: 25 },
  })
  describeBackendLaws('blas on one thread', blas({ threads: 1 }), {
    only: ['matmul', 'training', 'again'],
    parameters: { numRuns: 20 },
  })
})
