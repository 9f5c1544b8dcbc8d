import { affine, relu, sequentialFrom, type Net } from '@pullback/core'
import type * as E from '#fp/Either'

/** How large a two-layer net is. */
export interface Sizes {
  /** Numbers in an example. */
  readonly D: number
  /** Hidden units. */
  readonly H: number
  /** Classes. */
  readonly C: number
}

/** Input, fully connected, ReLU, fully connected: the layers before the loss. */
export const twoLayerNet = ({ D, H, C }: Sizes): E.Either<string, Net> =>
  sequentialFrom(
    ['N', D],
    [
      ['fc1', affine(D, H)],
      ['relu', relu()],
      ['fc2', affine(H, C)],
    ],
  )
