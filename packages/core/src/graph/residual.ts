import { isLeft, left, type Either } from '#fp/Either'
import type { Layer, Net, ParamsOf, ShapesOf } from '../layer/layer.ts'
import { addition } from '../layers/addition.ts'
import type { Same, ShowTakes } from '../shape/matchTypes.ts'
import { isPattern, showTakes } from '../shape/pattern.ts'
import type { Signature } from '../shape/signature.ts'
import { build } from './build.ts'

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
 * A body known only at run time with its input added to its output, or the sentence that says why they do not fit.
 *
 * @param body as for `residual`
 * @example
 * residualFrom(affine(3, 4)) // => { _tag: 'Left', left: 'residual: the body takes [N, 3] but gives [N, 4]' }
 */
export function residualFrom(body: Net): Either<string, Net> {
  const { takes, gives } = body.rule
  if (!isPattern(takes) || showTakes(takes) !== showTakes(gives))
    return left(`residual: the body takes ${showTakes(takes)} but gives ${showTakes(gives)}`)
  return build('residual', takes, [
    ['body', body],
    ['sum', addition('body', 'skip'), { body: 'body', skip: 'input' }],
  ])
}

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
  const built = residualFrom(body as L)
  if (isLeft(built)) throw new TypeError(built.left)
  return built.right as unknown as Residual<L>
}
