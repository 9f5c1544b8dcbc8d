// What compiles, and what must not: the messages are recorded in __snapshots__/compileFold.typetest.txt.
import {
  affine,
  cast,
  compileFold,
  mapTree,
  mul,
  scalar,
  seed,
  sub,
  sum,
  type Shape,
  type Tensor,
} from '@pullback/core'

const halving = compileFold(({ at }) => ({ carried: { at: mul(at, 0.5) }, results: { height: sum(at) } }), {
  carried: { at: scalar(4) },
})
halving.step({})

export const height: Tensor<readonly []> = halving.snapshot().at

const net = affine(2, 3)
const params = net.init(seed(0))
const descent = compileFold(
  ({ params: { W, b } }, { x }: { x: Tensor<readonly [5, 2]> }) => ({
    carried: { params: { W: sub(W, mul(W, 0.1)), b: mul(b, scalar(0.9)) } },
    results: { total: sum(net.forward({ W, b }, x).output) },
  }),
  { carried: { params } },
)
descent.step({ x: { values: new Float32Array(10), shape: [5, 2] } })

export const weights: Tensor<readonly [2, 3]> = descent.snapshot().params.W

export const mapped = compileFold(
  (before) => ({ carried: { params: mapTree(before.params, (x) => mul(x, 2)) }, results: {} }),
  { carried: { params } },
)

export const counting = compileFold(
  ({ count }: { count: Tensor<Shape, 'int32'> }) => ({
    carried: { count: cast(mul(count, 2), 'int32') },
    results: {},
  }),
  { carried: { count: scalar(1, 'int32') } },
)

// error: what is carried is left out
compileFold(({ at }) => ({ carried: {}, results: { at } }), { carried: { at: scalar(4) } })

// error: what is carried becomes an integer
compileFold(({ at }) => ({ carried: { at: cast(at, 'int32') }, results: {} }), { carried: { at: scalar(4) } })

// error: a step without what it is given
descent.step({})
