// What a user of the packed packages writes: compiled and run outside the workspace by the stage `packed`.
import {
  affine,
  coreKinds,
  evaluate,
  l2,
  layer,
  layerKind,
  matmul,
  mul,
  objective,
  parseSpec,
  positiveInteger,
  registry,
  relu,
  seed,
  sequential,
  signature,
  softmaxCrossEntropy,
  square,
  tensor,
  toNested,
  toNumber,
  toSpec,
  valueAndGradient,
  type Tensor,
} from '@pullback/core'
import * as t from 'io-ts'

const W: Tensor<readonly [2, 3], 'float32'> = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const y: Tensor<readonly [1, 3], 'float32'> = matmul(tensor([[1, -1]]), W)
console.log(JSON.stringify(toNested(y)), JSON.stringify(evaluate(y).shape))

const net = sequential(['N', 2], ['fc1', affine(2, 4)], ['relu', relu()], ['fc2', affine(4, 3)])
const loss = objective(net, softmaxCrossEntropy(3), { 'fc1.W': l2(1e-3), 'fc2.W': l2(1e-3) })
const params = net.init(seed(0))
const { value, gradients } = valueAndGradient(loss)(params, {
  input: tensor([
    [1, 2],
    [-3, 4],
  ]),
  labels: tensor([0, 2], 'int32'),
})
const dW: Tensor<readonly [4, 3]> = gradients.fc2.W
console.log(Number.isFinite(toNumber(value)), JSON.stringify(dW.shape))

const squared = <const S extends number>(size: S) =>
  layer({
    kind: 'squared',
    hyperparameters: { size },
    shape: signature(`squared(${size})`, ['N', size], ['N', size]),
    params: {},
    forward: (_, x) => ({ output: square(x), cache: { x } }),
    backward: (_, { x }, dOutput: Tensor) => ({ dParams: {}, dInput: mul(mul(x, 2), dOutput) }),
  })
const squaredKind = layerKind({
  kind: 'squared',
  hyperparameters: t.strict({ size: positiveInteger }),
  build: ({ size }) => squared(size),
})
const written = JSON.stringify(toSpec(sequential(['N', 3], ['act', squared(3)])))
const read = parseSpec(registry(...coreKinds, squaredKind))(written)
console.log(read._tag === 'Right' && JSON.stringify(toSpec(read.right)) === written)
