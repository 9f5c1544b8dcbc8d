import { fromValues, toArray } from '@pullback/core'
import type { Dataset } from '@pullback/data'

/** A rectangle of the plane. */
export interface Extent {
  readonly x: readonly [least: number, most: number]
  readonly y: readonly [least: number, most: number]
}

/** A point of the plane with its class. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly label: number
}

/** The points of a data set of two features, at most so many of them. */
export function pointsOf({ features, labels, size }: Dataset, most: number): readonly Point[] {
  const values = toArray(features)
  const classes = toArray(labels)
  return Array.from({ length: Math.min(size, most) }, (_, at) => ({
    x: values[2 * at] ?? 0,
    y: values[2 * at + 1] ?? 0,
    label: classes[at] ?? 0,
  }))
}

const range = (values: readonly number[]) => {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity)
  return { middle: (least + most) / 2, half: (most - least) / 2 }
}

/** The square around some points, with a margin. */
export function extentOf(points: readonly Point[]): Extent {
  const [x, y] = [range(points.map((point) => point.x)), range(points.map((point) => point.y))]
  const half = 1.12 * (Math.max(x.half, y.half) || 1)
  return { x: [x.middle - half, x.middle + half], y: [y.middle - half, y.middle + half] }
}

/** The centres of a grid of `cells` by `cells` over a rectangle, row by row from the top, as features `[cells^2, 2]`. */
export const gridOver = ({ x, y }: Extent, cells: number) =>
  fromValues(
    Array.from({ length: cells * cells }, (_, at) => {
      const [column, row] = [at % cells, Math.floor(at / cells)]
      return [x[0] + ((column + 0.5) / cells) * (x[1] - x[0]), y[1] - ((row + 0.5) / cells) * (y[1] - y[0])]
    }).flat(),
    [cells * cells, 2],
  )
