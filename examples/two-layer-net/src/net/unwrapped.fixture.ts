import * as E from '#fp/Either'

/** What a computation gave that cannot fail here. */
export function unwrapped<A>(result: E.Either<unknown, A>): A {
  if (E.isLeft(result)) throw new Error(`unexpected failure: ${JSON.stringify(result.left)}`)
  return result.right
}
