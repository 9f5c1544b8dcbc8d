import type { Backend } from '@pullback/core'
import { loadBackend } from '@pullback/train'
import * as E from '#fp/Either'
import type { BackendName } from './arguments/options.ts'
import { refuse, type Failure } from './failure.ts'

/** Who computes, and how it is called. */
export interface Chosen {
  readonly backend: Backend
  readonly description: string
}

/** The backend that is asked for, begun; or the sentence of why there is none. */
export async function chosenBackend(name: BackendName): Promise<E.Either<Failure, Chosen>> {
  try {
    const backend = await loadBackend(name)
    const { description, rank } = backend
    // What cannot compute describes itself by the reason.
    return rank < 0 ? refuse(`--backend ${name}: ${description}`) : E.right({ backend, description })
  } catch (thrown) {
    if (thrown instanceof Error) return refuse(`--backend ${name}: ${thrown.message}`)
    throw thrown
  }
}
