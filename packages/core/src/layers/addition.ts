import { layer } from '../layer/define.ts'
import { distinctNames } from '../layer/hyperparameter.ts'
import type { Layer } from '../layer/layer.ts'
import type { PatternRecord } from '../shape/pattern.ts'
import { pick } from '../layer/pick.ts'
import { signature, type Signature } from '../shape/signature.ts'
import { add } from '../tensor/elementwise.ts'

type JoinNames<Names> = Names extends readonly [infer Only extends string]
  ? Only
  : Names extends readonly [infer First extends string, ...infer Rest]
    ? `${First}, ${JoinNames<Rest>}`
    : string

/** A layer that adds inputs of one shape. */
export type Addition<Names extends readonly string[]> = Layer<
  Signature<
    `addition(${JoinNames<Names>})`,
    { readonly [Name in Names[number]]: readonly ['...'] },
    readonly ['...']
  >,
  Record<never, never>
>

/**
 * The sum of several inputs of one shape.
 *
 *     y = a + b + ...
 *     da = db = ... = dy
 *
 * @param names the names of the inputs, two or more, added from left to right
 * @throws RangeError if there are fewer than two, one is named twice or one is not a name
 * @example
 * const sum2 = addition('a', 'b')
 * toNested(sum2.forward({}, { a: tensor([1, 2]), b: tensor([3, 4]) }).output) // => [4, 6]
 */
export const addition = <const Names extends readonly string[]>(...names: Names): Addition<Names> => {
  distinctNames('addition', names)
  const takes: PatternRecord = Object.fromEntries(names.map((name) => [name, ['...']]))
  return layer({
    kind: 'addition',
    hyperparameters: { names },
    shape: signature(`addition(${names.join(', ')})`, takes, ['...']),
    params: {},
    forward: (_, inputs) => ({
      output: pick(inputs, names).reduce((sum, x) => add(sum, x)),
      cache: {},
    }),
    backward: (_, __, dOutput) => ({
      dParams: {},
      dInput: Object.fromEntries(names.map((name) => [name, dOutput])),
    }),
  }) as unknown as Addition<Names>
}
