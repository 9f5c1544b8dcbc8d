import { layer } from '../layer/define.ts'
import { checkPositive, distinctNames } from '../layer/hyperparameter.ts'
import type { Layer } from '../layer/layer.ts'
import type { PatternRecord } from '../shape/pattern.ts'
import { pick } from '../layer/pick.ts'
import { signature, type Signature } from '../shape/signature.ts'
import { concatenate, slice } from '../tensor/movement.ts'
import type { Sum } from './sumTypes.ts'

/** The name of an input and its last size. */
export type ConcatInput = readonly [name: string, size: number]

type Title<Inputs> = Inputs extends readonly [
  readonly [infer Name extends string, infer Size extends number],
  ...infer Rest,
]
  ? Rest extends readonly []
    ? `${Name} ${Size}`
    : `${Name} ${Size}, ${Title<Rest>}`
  : string

type SizesOf<Inputs extends readonly ConcatInput[]> = { readonly [I in keyof Inputs]: Inputs[I][1] }

/** A layer that joins inputs along their last axis. */
export type Concat<Inputs extends readonly ConcatInput[]> = Layer<
  Signature<
    `concat(${Title<Inputs>})`,
    { readonly [Input in Inputs[number] as Input[0]]: readonly ['...', Input[1]] },
    readonly ['...', Sum<SizesOf<Inputs>>]
  >,
  Record<never, never>
>

/**
 * Several inputs joined along their last axis, all their other sizes being equal.
 *
 *     y = [a | b | ...]
 *     da, db, ... = the columns of dy that came from a, b, ...
 *
 * @param inputs the name of each input and its last size, a positive integer, in the order in which they are joined
 * @throws RangeError if there are fewer than two, one is named twice, or a size is not a positive integer
 * @example
 * const joined = concat(['a', 2], ['b', 1])
 * toNested(joined.forward({}, { a: tensor([[1, 2]]), b: tensor([[3]]) }).output) // => [[1, 2, 3]]
 */
export const concat = <const Inputs extends readonly ConcatInput[]>(...inputs: Inputs): Concat<Inputs> => {
  const names = inputs.map(([name]) => name)
  distinctNames('concat', names)
  checkPositive('concat', Object.fromEntries(inputs))
  const takes: PatternRecord = Object.fromEntries(inputs.map(([name, size]) => [name, ['...', size]]))
  const ends: number[] = []
  for (const [, size] of inputs) ends.push((ends.at(-1) ?? 0) + size)
  const title = `concat(${inputs.map(([name, size]) => `${name} ${size}`).join(', ')})`
  return layer({
    kind: 'concat',
    hyperparameters: { inputs },
    shape: signature(title, takes, ['...', ends.at(-1) ?? 0]),
    params: {},
    forward: (_, given) => ({
      output: concatenate(pick(given, names), -1),
      cache: {},
    }),
    backward: (_, __, dOutput) => ({
      dParams: {},
      dInput: Object.fromEntries(
        inputs.map(([name, size], index) => {
          const end = ends[index] ?? 0
          const whole = dOutput.shape.slice(0, -1).map((length) => [0, length] as const)
          return [name, slice(dOutput, ...whole, [end - size, end])]
        }),
      ),
    }),
  }) as unknown as Concat<Inputs>
}
