import type { Either } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import type { Pattern } from '../shape/pattern.ts'
import { build } from './build.ts'
import { compose, type Composed } from './graph.ts'
import type { Checked } from './nodeTypes.ts'
import type { Shared } from './shared.ts'

/** A layer in a row of layers: its name, and the layer or `shared(...)`. */
export type SequentialEntry = readonly [name: string, layer: Net | Shared]

/**
 * Layers one after the other are a layer.
 *
 * @param input the pattern of the input
 * @param entries `[name, layer]` each; the layer takes what the one before it gives
 * @throws TypeError, in plain JavaScript, with the sentence that TypeScript shows on the offending argument
 * @example
 * const net = sequential(['N', 3072],
 *   ['fc1', affine(3072, 50)],
 *   ['relu', relu()],
 *   ['fc2', affine(50, 10)])
 * net.init(seed(0)).fc2.W.shape // => [50, 10]
 */
export const sequential = <const T extends Pattern, const Es extends readonly SequentialEntry[]>(
  input: T,
  ...entries: Checked<T, Es> extends Es ? Es : Checked<T, Es>
): Composed<'sequential', T, Es> => compose('sequential', input, entries as unknown as Es)

/**
 * The row of layers known only at run time, or the sentence that says which of them does not fit.
 *
 * @example
 * sequentialFrom(['N', 2], [['fc', affine(3, 1)]])
 * // => { _tag: 'Left', left: 'fc: affine(3, 1) takes [N, 3] but is given [N, 2]' }
 */
export const sequentialFrom = (input: Pattern, entries: readonly SequentialEntry[]): Either<string, Net> =>
  build('sequential', input, entries)
