import { bytesPerElement } from '../tensor/dtype.ts'
import type { Op } from '../tensor/expression.ts'
import { elementCount } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'

type Traffic = 'none' | 'readAndWrite' | 'write'

/** What each primitive does with memory, run on its own: a reshape or broadcast is another view of its operand. */
const traffic: { readonly [K in Op]: Traffic } = {
  constant: 'none',
  input: 'none',
  iota: 'write',

  neg: 'readAndWrite',
  abs: 'readAndWrite',
  sign: 'readAndWrite',
  floor: 'readAndWrite',
  sqrt: 'readAndWrite',
  exp: 'readAndWrite',
  expm1: 'readAndWrite',
  log: 'readAndWrite',
  log1p: 'readAndWrite',
  sin: 'readAndWrite',
  cos: 'readAndWrite',
  tanh: 'readAndWrite',
  sigmoid: 'readAndWrite',
  erf: 'readAndWrite',
  cast: 'readAndWrite',

  add: 'readAndWrite',
  sub: 'readAndWrite',
  mul: 'readAndWrite',
  div: 'readAndWrite',
  pow: 'readAndWrite',
  maximum: 'readAndWrite',
  minimum: 'readAndWrite',

  equal: 'readAndWrite',
  notEqual: 'readAndWrite',
  less: 'readAndWrite',
  lessEqual: 'readAndWrite',
  greater: 'readAndWrite',
  greaterEqual: 'readAndWrite',
  where: 'readAndWrite',

  sum: 'readAndWrite',
  max: 'readAndWrite',
  min: 'readAndWrite',
  argmax: 'readAndWrite',

  matmul: 'readAndWrite',

  reshape: 'none',
  transpose: 'readAndWrite',
  broadcast: 'none',
  slice: 'readAndWrite',
  concat: 'readAndWrite',

  gather: 'readAndWrite',
  scatterAdd: 'readAndWrite',
  oneHot: 'readAndWrite',

  random: 'write',
}

const size = ({ shape, dtype }: AnyTensor): number => elementCount(shape) * bytesPerElement(dtype)

/** The bytes of an operand that exist in memory: an element that a broadcast repeats is read once. */
function stored(operand: AnyTensor): number {
  let view = operand
  let { expression } = view
  while (expression.op === 'broadcast' || expression.op === 'reshape') {
    view = expression.operands[0]
    ;({ expression } = view)
  }
  return Math.min(size(view), size(operand))
}

/** The bytes that a primitive reads and writes when it runs on its own, its operands in memory. */
export function bytesOf(tensor: AnyTensor): number {
  const { op, operands } = tensor.expression
  switch (traffic[op]) {
    case 'none':
      return 0
    case 'write':
      return size(tensor)
    case 'readAndWrite': {
      // An operand given twice, as in a square, is read once.
      const read = [...new Set<AnyTensor>(operands)].reduce((total, operand) => total + stored(operand), 0)
      return read + size(tensor)
    }
  }
}
