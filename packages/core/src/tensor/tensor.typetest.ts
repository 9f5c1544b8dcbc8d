// What the type checker accepts of tensor code and what it refuses.
//
// A type fixture (`*.typetest.ts`) is compiled by the tests and never run. A comment `// error: name` marks the
// statement below it, up to the next blank line or marker, as one that must not compile; all other lines must.
// What the compiler says is recorded in `__snapshots__`: read the change there as a user would read the message,
// and accept it with `npx vitest run --config .workspace/vitest.config.ts typetest --update`.
import {
  add,
  cast,
  exp,
  fromValues,
  full,
  greater,
  input,
  iota,
  matmul,
  mul,
  oneHot,
  ones,
  randomNormal,
  randomUniform,
  scalar,
  seed,
  sub,
  tensor,
  update,
  where,
  zeros,
  type Float,
  type Shape,
  type Dtype,
  type Tensor,
} from '@pullback/core'

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const labels = tensor([0, 1], 'int32')

declare const params: { readonly fc: { readonly b: Tensor<readonly [3], 'float32'> } }
declare const anyFloat: Tensor<readonly [2, 3]>

const same: Tensor<readonly [2, 3], 'float32'> = exp(x)
const broadcast: Tensor<readonly [2, 3], 'float32'> = add(x, 1)
const chosen: Tensor<readonly [2, 3], 'float32'> = where(greater(x, 2), x, 0)
const eitherFloat: Tensor<readonly [2, 3], 'float32'> = add(x, anyFloat)
const otherFloat: Tensor<readonly [2, 3], 'float32'> = add(anyFloat, x)
const fromInteger: Tensor<readonly [2], 'int32'> = sub(1, labels)
const fromDouble: Tensor<readonly [2], 'float64'> = sub(1, tensor([1, 2], 'float64'))
const fromNumber: Tensor<readonly [2, 3], 'float32'> = sub(1, x)
const ofNumbers: Tensor<readonly [2, 3], Dtype> = where(greater(x, 2), 1, 0)
const numbers: Tensor<readonly [], Dtype> = add(1, 2)
const doubles: Tensor<readonly [], 'float64'> = add(1, scalar(2, 'float64'))
const product: Tensor<readonly [2, 2], 'float32'> = matmul(x, x, { transposeB: true })

const intVector: Tensor<readonly [2], 'int32'> = tensor([0, 1], 'int32')
const intValues: Tensor<readonly [2], 'int32'> = fromValues([0, 1], [2], 'int32')
const intScalar: Tensor<readonly [], 'int32'> = scalar(1, 'int32')
const intFull: Tensor<readonly [2], 'int32'> = full([2], 7, 'int32')
const intZeros: Tensor<readonly [2], 'int32'> = zeros([2], 'int32')
const intOnes: Tensor<readonly [2], 'int32'> = ones([2], 'int32')
const intInput: Tensor<readonly [2], 'int32'> = input('y', [2], 'int32')
const positions: Tensor<readonly [2], 'int32'> = iota([2])
const floatPositions: Tensor<readonly [2], 'float64'> = iota([2], 0, 'float64')
const doubleOneHot: Tensor<Shape, 'float64'> = oneHot(labels, 3, 'float64')
const doubleUniform: Tensor<Shape, 'float64'> = randomUniform(seed(0), [2], 'float64')
const doubleNormal: Tensor<Shape, 'float64'> = randomNormal(seed(0), [2], 'float64')
const updated: typeof params = update(params, 'fc.b', (b) => mul(b, exp(b)))
const generic = <D extends Float>(dtype: D): Tensor<readonly [2], D> => zeros([2], dtype)

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

// error: numbers without a dtype are not int32
const wantedVector: Tensor<readonly [2], 'int32'> = tensor([0, 1])

// error: nor where int32 is the type of an argument
oneHot(tensor([0, 1]), 3)

// error: values without a dtype are not int32
const wantedValues: Tensor<readonly [2], 'int32'> = fromValues([0, 1], [2])

// error: a number without a dtype is not float64
const wantedScalar: Tensor<readonly [], 'float64'> = scalar(1)

// error: full without a dtype is not int32
const wantedFull: Tensor<readonly [2], 'int32'> = full([2], 7)

// error: zeros without a dtype are not int32
const wantedZeros: Tensor<readonly [2], 'int32'> = zeros([2])

// error: ones without a dtype are not float64
const wantedOnes: Tensor<readonly [2], 'float64'> = ones([2])

// error: an input without a dtype is not int32
const wantedInput: Tensor<readonly [2], 'int32'> = input('y', [2])

// error: positions without a dtype are not floats
const wantedPositions: Tensor<readonly [2], 'float32'> = iota([2])

// error: oneHot without a dtype is not int32
const wantedOneHot: Tensor<Shape, 'int32'> = oneHot(labels, 3)

// error: uniform numbers without a dtype are not float64
const wantedUniform: Tensor<Shape, 'float64'> = randomUniform(seed(0), [2])

// error: normal numbers without a dtype are not float64
const wantedNormal: Tensor<Shape, 'float64'> = randomNormal(seed(0), [2])

// error: an update keeps the dtype
update(params, 'fc.b', (b) => cast(b, 'float64'))

// error: an update is of a path of the tree
update(params, 'fc.B', (b) => b)

// error: a choice of two numbers is float32
const wantedChoice: Tensor<readonly [2, 3], 'float64'> = where(greater(x, 2), 1, 0)

// error: so is a sum of two numbers
const wantedSum: Tensor<readonly [], 'int32'> = add(1, 2)
