/** A number for every entry of every leaf of a point: a position, a direction or a gradient. */
export type Vector = readonly Float64Array[]

/** <a, b>. */
export function dot(a: Vector, b: Vector): number {
  let sum = 0
  for (let leaf = 0; leaf < a.length; leaf++) {
    const left = a[leaf]!
    const right = b[leaf]!
    for (let entry = 0; entry < left.length; entry++)
      if (right[entry]! !== 0) sum += left[entry]! * right[entry]!
  }
  return sum
}

/** sum |a b|: what the terms of <a, b> amount to before they cancel. */
export function dotOfSizes(a: Vector, b: Vector): number {
  let sum = 0
  for (let leaf = 0; leaf < a.length; leaf++) {
    const left = a[leaf]!
    const right = b[leaf]!
    for (let entry = 0; entry < left.length; entry++)
      if (right[entry]! !== 0) sum += Math.abs(left[entry]! * right[entry]!)
  }
  return sum
}

/** sum |a|. */
export function sizeOf(a: Vector): number {
  let sum = 0
  for (const values of a) for (let entry = 0; entry < values.length; entry++) sum += Math.abs(values[entry]!)
  return sum
}

/** The vector with only the entries from `from` to before `to` kept, counted through all leaves. */
export function between(v: Vector, from: number, to: number): Vector {
  let before = 0
  return v.map((values) => {
    const start = before
    before += values.length
    return values.map((value, entry) => (start + entry >= from && start + entry < to ? value : 0))
  })
}

/** How many entries there are. */
export const entryCount = (v: Vector): number => v.reduce((sum, values) => sum + values.length, 0)

/** Zeros but for a 1 at one entry, counted through all leaves. */
export function oneHotVector(like: Vector, at: number): Vector {
  let before = 0
  return like.map((values) => {
    const hot = new Float64Array(values.length)
    const entry = at - before
    if (entry >= 0 && entry < values.length) hot[entry] = 1
    before += values.length
    return hot
  })
}

/** at + t v. */
export const moved = (at: Vector, t: number, v: Vector): Vector =>
  at.map((values, leaf) => {
    const direction = v[leaf]!
    return values.map((value, entry) => value + t * direction[entry]!)
  })

/** The vectors one after the other, leaf by leaf. */
export const packed = (vectors: readonly Vector[], leaves: number): Vector =>
  Array.from({ length: leaves }, (_, leaf) => {
    const size = vectors[0]?.[leaf]?.length ?? 0
    const all = new Float64Array(size * vectors.length)
    vectors.forEach((vector, index) => all.set(vector[leaf]!, index * size))
    return all
  })

/** The vectors that were packed. */
export const unpacked = (all: Vector, count: number): readonly Vector[] =>
  Array.from({ length: count }, (_, index) =>
    all.map((values) => {
      const size = values.length / count
      return values.slice(index * size, (index + 1) * size)
    }),
  )
