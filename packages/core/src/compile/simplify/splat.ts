import type { AnyTensor } from '../../tensor/tensor.ts'

/** The number that a tensor repeats everywhere, if it is a constant of one element or a broadcast of one. */
export function splat({ expression }: AnyTensor): number | undefined {
  const source = expression.op === 'broadcast' ? expression.operands[0].expression : expression
  return source.op === 'constant' && source.values.length === 1 ? source.values.at(0) : undefined
}

/** Whether a tensor is this number everywhere; 0 and -0 are two numbers. */
export const isSplat = (tensor: AnyTensor, value: number): boolean => Object.is(splat(tensor), value)
