// What a user of the packed packages writes: compiled and run outside the workspace by the stage `packed`.
import {
  affine,
  evaluate,
  l2,
  matmul,
  objective,
  relu,
  seed,
  sequential,
  softmaxCrossEntropy,
  tensor,
  toNested,
  toNumber,
  valueAndGradient,
  type Tensor,
} from '@pullback/core'

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
