import { element } from './element.ts'
import type { Reach } from './access.ts'
import { mostPositions } from './positions.ts'

/** A nest of loops to be brought into its canonical form. */
export interface Nest {
  readonly sizes: readonly number[]
  readonly reduced: readonly number[]
  /** The dims whose positions the code asks for. */
  readonly indexed: ReadonlySet<number>
  readonly reaches: readonly Reach[]
}

/** The axes of a loop, and what has become of its dims. */
export interface Axes {
  readonly sizes: readonly number[]
  readonly reduced: readonly number[]
  /** For each dim its axis. */
  readonly axisOf: ReadonlyMap<number, number>
  readonly strides: readonly (readonly number[])[]
}

interface Axis {
  readonly dims: readonly number[]
  readonly size: number
  readonly isReduced: boolean
  readonly strides: readonly number[]
}

/** The dims with the reduced ones next to each other, where the last of them is. */
function reducedTogether(rank: number, reduced: readonly number[]): readonly number[] {
  const dims = Array.from({ length: rank }, (_, dim) => dim)
  const last = reduced.at(-1) ?? -1
  const isKept = (dim: number) => !reduced.includes(dim)
  return [...dims.slice(0, last + 1).filter(isKept), ...reduced, ...dims.slice(last + 1)]
}

/** The axes of a nest: dims that can be merged with their neighbours merged, at least one axis. */
export function canonicalAxes({ sizes, reduced, indexed, reaches }: Nest): Axes {
  const axes: Axis[] = []
  for (const dim of reducedTogether(sizes.length, reduced)) {
    const size = element(sizes, dim)
    const strides = reaches.map((reach) => element(reach.strides, dim))
    const isReduced = reduced.includes(dim)
    const last = axes.at(-1)
    const merges =
      last !== undefined &&
      last.isReduced === isReduced &&
      last.size * size <= mostPositions &&
      ![...last.dims, dim].some((one) => indexed.has(one)) &&
      strides.every((stride, position) => last.strides[position] === stride * size)
    if (merges) {
      axes.pop()
      axes.push({ dims: [...last.dims, dim], size: last.size * size, isReduced, strides })
    } else axes.push({ dims: [dim], size, isReduced, strides })
  }
  if (axes.length === 0) axes.push({ dims: [], size: 1, isReduced: false, strides: reaches.map(() => 0) })
  return {
    sizes: axes.map(({ size }) => size),
    reduced: [...axes.keys()].filter((axis) => element(axes, axis).isReduced),
    axisOf: new Map(axes.flatMap(({ dims }, axis) => dims.map((dim) => [dim, axis] as const))),
    strides: reaches.map((_, position) => axes.map(({ strides }) => element(strides, position))),
  }
}
