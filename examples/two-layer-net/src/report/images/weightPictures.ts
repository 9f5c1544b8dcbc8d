import type { Picture } from './png.ts'

/** How the numbers of an image lie: one channel after the other, each row by row. */
export interface ImageForm {
  readonly channels: 1 | 3
  readonly height: number
  readonly width: number
}

/** The form of the images of a data set, if it is one that can be drawn. */
export function imageForm(shape: readonly number[] | undefined): ImageForm | undefined {
  const [a = 0, b = 0, c] = shape ?? []
  if (shape?.length === 2) return { channels: 1, height: a, width: b }
  return shape?.length === 3 && a === 3 && c !== undefined ? { channels: 3, height: b, width: c } : undefined
}

const mix = (from: number, to: number, share: number): number => Math.round(from + (to - from) * share)

/** Blue below zero, white at it, red above: `value` from -1 to 1. */
function diverging(value: number): readonly [number, number, number] {
  const share = Math.min(Math.abs(value), 1)
  const [red, green, blue] = value < 0 ? ([33, 102, 172] as const) : ([178, 24, 43] as const)
  return [mix(247, red, share), mix(247, green, share), mix(247, blue, share)]
}

/**
 * Weights from the pixels of an image to one unit as an image: of one channel, blue where a dark pixel would raise the
 * unit and red where a bright one would, white being 0; of three, from the least to the largest weight in each.
 */
export function weightPicture(weights: ArrayLike<number>, { channels, height, width }: ImageForm): Picture {
  const size = height * width
  const pixels = new Uint8Array(4 * size)
  const values = Array.from(weights)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const bright = (value: number): number => Math.round((255 * (value - least)) / (most - least || 1))
  for (let at = 0; at < size; at++) {
    const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((channel) => values[channel * size + at] ?? 0)
    const colour = channels === 1 ? diverging(red / largest) : [bright(red), bright(green), bright(blue)]
    pixels.set([...colour, 255], 4 * at)
  }
  return { width, height, pixels }
}
