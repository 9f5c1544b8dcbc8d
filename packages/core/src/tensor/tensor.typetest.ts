// What the type checker accepts of tensor code and what it refuses.
//
// A type fixture (`*.typetest.ts`) is compiled by the tests and never run. A comment `// error: name` marks the
// statement below it, up to the next blank line or marker, as one that must not compile; all other lines must.
// What the compiler says is recorded in `__snapshots__`: read the change there as a user would read the message,
// and accept it with `npx vitest run --config .workspace/vitest.config.ts typetest --update`.
import { add, exp, greater, matmul, oneHot, sub, tensor, where, type Tensor } from '@pullback/core'

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const labels = tensor([0, 1], 'int32')

declare const anyFloat: Tensor<readonly [2, 3]>

const same: Tensor<readonly [2, 3], 'float32'> = exp(x)
const broadcast: Tensor<readonly [2, 3], 'float32'> = add(x, 1)
const chosen: Tensor<readonly [2, 3], 'float32'> = where(greater(x, 2), x, 0)
const eitherFloat: Tensor<readonly [2, 3], 'float32'> = add(x, anyFloat)
const otherFloat: Tensor<readonly [2, 3], 'float32'> = add(anyFloat, x)
const fromNumber: Tensor<readonly [2, 3], 'float32'> = sub(1, x)
const product: Tensor<readonly [2, 2], 'float32'> = matmul(x, x, { transposeB: true })

// error: exp of an int32 tensor
exp(labels)

// error: floats and int32 do not mix
add(x, labels)

// error: nor do they compare
greater(labels, x)

// error: nor are they the two sides of a choice
where(labels, x, labels)

// error: where takes an int32 condition
where(x, x, 0)

// error: the indices of oneHot are int32
oneHot(x, 3)

// error: an unknown dtype
tensor([1, 2], 'float16')

// error: a shape cannot be written
x.shape[0] = 3

// error: an option that matmul does not know
matmul(x, x, { transposed: true })
