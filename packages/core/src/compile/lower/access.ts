/** Where along an axis of a tensor a loop reads: `start + sum of steps[dim] * position[dim]` over the dims of the loop. */
export interface AxisAccess {
  readonly start: number
  readonly steps: readonly number[]
}

/** Where in a tensor a loop reads: one for each axis of the tensor. */
export type Access = readonly AxisAccess[]

/** The dims of a loop over all elements of a shape: its sizes without those of 1. */
export const dimsOf = (shape: readonly number[]): readonly number[] => shape.filter((size) => size !== 1)

/** The first position along an axis, always. */
export const nowhere = (rank: number): AxisAccess => ({
  start: 0,
  steps: Array.from({ length: rank }, () => 0),
})

/** Every element of a shape read at its own position, by a loop over `dimsOf` the shape. */
export function identityAccess(shape: readonly number[]): Access {
  const rank = dimsOf(shape).length
  let dim = 0
  return shape.map((size) => {
    if (size === 1) return nowhere(rank)
    const own = dim++
    return { start: 0, steps: Array.from({ length: rank }, (_, other) => (other === own ? 1 : 0)) }
  })
}

/** Every element of a shape read at its own position, by a loop that has a dim for every axis, also those of size 1. */
export const fullAccess = (shape: readonly number[]): Access =>
  shape.map((_, axis) => ({ start: 0, steps: shape.map((_, other) => (other === axis ? 1 : 0)) }))

/** `start` and on in steps of `step` along what is read. */
export const stepped = ({ start, steps }: AxisAccess, from: number, step: number): AxisAccess => ({
  start: from + step * start,
  steps: steps.map((one) => one * step),
})

/** The sum of positions along several axes, each times a number. */
export function weighted(parts: readonly (readonly [AxisAccess, number])[], rank: number): AxisAccess {
  const steps = Array.from({ length: rank }, () => 0)
  let start = 0
  for (const [part, weight] of parts) {
    start += part.start * weight
    for (const [dim, step] of part.steps.entries()) steps[dim] = (steps[dim] ?? 0) + step * weight
  }
  return { start, steps }
}

/** An access in memory: the element at `offset + sum of strides[dim] * position[dim]`. */
export interface Reach {
  readonly offset: number
  readonly strides: readonly number[]
}

/** Where in a memory that has a tensor by these strides an access goes, in a loop of `rank` dims. */
export function reach(access: Access, strides: readonly number[], rank: number): Reach {
  const total = Array.from({ length: rank }, () => 0)
  let offset = 0
  for (const [axis, { start, steps }] of access.entries()) {
    const stride = strides[axis] ?? 0
    offset += start * stride
    for (let dim = 0; dim < rank; dim++) total[dim] = (total[dim] ?? 0) + (steps[dim] ?? 0) * stride
  }
  return { offset, strides: total }
}

/** Whether two accesses to a tensor are the same. */
export const sameAccess = (a: Access, b: Access): boolean =>
  a === b ||
  a.every(({ start, steps }, axis) => {
    const other = b[axis]
    return (
      other !== undefined && start === other.start && steps.every((step, dim) => step === other.steps[dim])
    )
  })
