import * as E from '#fp/Either'
import { describe } from 'vitest'
import { findLibrary } from './findLibrary.ts'
import type { Library } from './library.ts'

const found = findLibrary()

const title = E.isRight(found) ? `by ${found.right.name}` : `skipped: ${found.left.message}`

/** A suite that needs the BLAS of this machine; skipped, with the reason in its name, where there is none. */
export function describeWithLibrary(subject: string, suite: (library: Library) => void): void {
  describe.skipIf(E.isLeft(found))(`${subject}, ${title}`, () => {
    suite(E.isRight(found) ? found.right : ({} as Library))
  })
}
