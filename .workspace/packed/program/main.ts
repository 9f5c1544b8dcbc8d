// What a user of the packed packages writes: compiled and run outside the workspace by the stage `packed`.
import { add, evaluate, matmul, tensor, toNested, type Tensor } from '@pullback/core'

const W: Tensor<readonly [2, 3], 'float32'> = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const x = tensor([[1, -1]])
const y: Tensor<readonly [1, 3], 'float32'> = add(matmul(x, W), 1)

console.log(JSON.stringify(toNested(y)), JSON.stringify(evaluate(y).shape))

// The net of the README comes here, once there is one.
