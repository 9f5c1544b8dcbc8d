import type { Place } from './law.ts'

/** The place of an element: the tensor at a path of `tensor`, and its index along every axis. */
export function placeOf(tensor: string, path: string, shape: readonly number[], position: number): Place {
  const index: number[] = []
  let rest = position
  for (const size of shape.toReversed()) {
    index.unshift(rest % Math.max(size, 1))
    rest = Math.floor(rest / Math.max(size, 1))
  }
  return { tensor: path === '' ? tensor : tensor === '' ? path : `${tensor}.${path}`, index }
}
