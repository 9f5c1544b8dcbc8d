/** A dimension: its size, or the name of a size that is known only when the net is run (`'N'`). */
export type Dim = number | string

/** The dimensions of a tensor, outermost first; `[]` is the shape of a scalar. */
export type Shape = readonly Dim[]

/** The sizes that a tensor of shape `S` has at run time: one number for every dimension. */
export type Sizes<S extends Shape> = { readonly [K in keyof S]: number }

/** How a shape is written in sentences and drawings: `[N, 50]`. */
export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`

/** The number of elements of a tensor with these sizes. */
export function elementCount(sizes: readonly number[]): number {
  let count = 1
  for (const size of sizes) count *= size
  return count
}

/** Whether two shapes have the same dimensions, names compared as names. */
export function equalShapes(a: Shape, b: Shape): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return true
}

/** The row-major strides, in elements, of a tensor with these sizes. */
export function stridesOf(sizes: readonly number[]): readonly number[] {
  const strides: number[] = []
  let stride = 1
  for (const size of sizes.toReversed()) {
    strides.push(stride)
    stride *= size
  }
  return strides.toReversed()
}

/** The highest rank that a tensor may have. */
export const maximumRank = 6

/** Throws unless `sizes` are non-negative integers, at most six of them; `what` names whose they are. */
export function checkSizes(what: string, sizes: readonly number[]): void {
  if (sizes.length > maximumRank)
    throw new RangeError(`${what}: a shape has at most ${maximumRank} dimensions, not ${sizes.length}`)
  for (const size of sizes)
    if (!Number.isSafeInteger(size) || size < 0)
      throw new RangeError(
        `${what}: ${showShape(sizes)} is not a shape: ${size} is not a non-negative integer`,
      )
  if (!Number.isSafeInteger(elementCount(sizes)))
    throw new RangeError(`${what}: a tensor of shape ${showShape(sizes)} has too many elements`)
}

/** The shape that both operands are broadcast to under the rules of NumPy; throws if they do not fit. */
export function broadcastSizes(what: string, a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length)
  const sizes: number[] = []
  for (let axis = -rank; axis < 0; axis++) {
    const left = a[axis + a.length] ?? 1
    const right = b[axis + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1)
      throw new TypeError(`${what}: ${showShape(a)} and ${showShape(b)} do not broadcast to one shape`)
    sizes.push(left === 1 ? right : left)
  }
  checkSizes(what, sizes)
  return sizes
}

/** `axis` counted from the front; a negative axis counts from the end, -1 being the last. */
export function normalizeAxis(what: string, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis
  if (!Number.isInteger(axis) || normal < 0 || normal >= rank)
    throw new RangeError(`${what}: a tensor of rank ${rank} has no axis ${axis}`)
  return normal
}

/** The given axes (all of them if none are given), normalized, ascending, each at most once. */
export function normalizeAxes(
  what: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): readonly number[] {
  if (axes === undefined) return Object.freeze(Array.from({ length: rank }, (_, axis) => axis))
  const list = typeof axes === 'number' ? [axes] : axes
  const normal = list.map((axis) => normalizeAxis(what, axis, rank)).toSorted((a, b) => a - b)
  const repeated = normal.find((axis, position) => axis === normal[position + 1])
  if (repeated !== undefined) throw new RangeError(`${what}: axis ${repeated} is named twice`)
  return Object.freeze(normal)
}
