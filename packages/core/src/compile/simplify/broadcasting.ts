import type { Op } from '../../tensor/expression.ts'
import { broadcastSizes, elementCount, equalShapes } from '../../tensor/shape.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { withOperands } from './rebuild.ts'
import { rewrite, type Rewrite } from './rewrite.ts'

/** The primitives that work element by element, on operands of one shape. */
export const elementwise = [
  ...(['neg', 'abs', 'sign', 'floor', 'sqrt', 'exp', 'expm1', 'log', 'log1p', 'sin', 'cos'] as const),
  ...(['tanh', 'sigmoid', 'erf', 'cast', 'add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum'] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual', 'where'] as const),
] as const satisfies readonly Op[]

const unrepeated = ({ expression }: AnyTensor): AnyTensor | undefined =>
  expression.op === 'broadcast' ? expression.operands[0] : undefined

/** Nothing is computed twice because it is repeated. */
export const broadcasting: readonly Rewrite[] = [
  rewrite(elementwise, 'what is repeated is computed once', (expression, { shape, dtype }, build) => {
    const sources: AnyTensor[] = []
    for (const operand of expression.operands) {
      const source = unrepeated(operand)
      if (source === undefined) return undefined
      sources.push(source)
    }
    const sizes = sources.reduce<readonly number[]>(
      (joined, source) => broadcastSizes(expression.op, joined, source.shape),
      [],
    )
    if (elementCount(sizes) >= elementCount(shape)) return undefined
    const operands = sources.map((source) =>
      equalShapes(source.shape, sizes)
        ? source
        : build({ op: 'broadcast', operands: [source] }, sizes, source.dtype),
    )
    const once = build(withOperands(expression, operands), sizes, dtype)
    return build({ op: 'broadcast', operands: [once] }, shape, dtype)
  }),
]
