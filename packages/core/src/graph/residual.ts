import type { Net, ParamsOf, ShapesOf } from '../layer/layer.ts'
import type { Layer } from '../layer/layer.ts'
import { addition } from '../layers/addition.ts'
import type { Same, ShowTakes } from '../shape/matchTypes.ts'
import { showTakes, type Pattern } from '../shape/pattern.ts'
import type { Signature } from '../shape/signature.ts'
import { compose } from './graph.ts'

/** A layer around which its input skips. */
export type Residual<L extends Net> = Layer<
  Signature<'residual', ShapesOf<L>['Takes'], ShapesOf<L>['Gives']>,
  keyof ParamsOf<L> extends never ? Record<never, never> : { readonly body: ParamsOf<L> }
>

type Fits<L extends Net> =
  Same<ShapesOf<L>['Takes'], ShapesOf<L>['Gives']> extends true
    ? L
    : `residual: the body takes ${ShowTakes<ShapesOf<L>['Takes']>} but gives ${ShowTakes<ShapesOf<L>['Gives']>}`

/**
 * A layer whose input is added to its output.
 *
 *     y = body(x) + x
 *     dx = backward of body(dy) + dy
 *
 * @param body a layer of one input whose output has the shape of its input; its parameters are under `body`
 * @throws TypeError, in plain JavaScript, if it has another shape
 * @example
 * const block = residual(affine(3, 3))
 * Object.keys(block.init(seed(0)).body) // => ['W', 'b']
 */
export function residual<L extends Net>(body: Fits<L> extends L ? L : Fits<L>): Residual<L> {
  const layer = body as L
  const { takes, gives } = layer.rule
  if (showTakes(takes) !== showTakes(gives))
    throw new TypeError(`residual: the body takes ${showTakes(takes)} but gives ${showTakes(gives)}`)
  return compose('residual', takes as Pattern, [
    ['body', layer],
    ['sum', addition('body', 'skip'), { body: 'body', skip: 'input' }],
  ]) as unknown as Residual<L>
}
