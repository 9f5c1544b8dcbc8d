import type { Either } from '#fp/Either'

/** The right value; a left one fails the test with its sentence. */
export function unwrap<A>(either: Either<string, A>): A {
  if (either._tag === 'Left') throw new Error(either.left)
  return either.right
}
