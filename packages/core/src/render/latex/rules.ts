import { dependencyOrder } from '../../evaluate/order.ts'
import type { Rules } from '../../tensor/expression.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import {
  absolute,
  compare,
  elementwise,
  extreme,
  fraction,
  multiply,
  power,
  select,
} from './elementwiseTerms.ts'
import {
  broadcastTerm,
  concatTerm,
  matmulTerm,
  reductionTerm,
  reshapeTerm,
  sliceTerm,
  transposeTerm,
} from './arrayTerms.ts'
import { braced, symbolTerm, type Page } from './page.ts'
import { constantTerm } from './constantTerm.ts'
import { call, minus, negative, plus, term, type Term } from './term.ts'
import { upright } from './text.ts'
import type { Writing } from './writing.ts'

const applied =
  (name: string) =>
  (_: unknown, { operand }: Writing): Term =>
    call(name, operand(0))

const indexed = (name: string, axis: number, { operand, tensor }: Writing): Term =>
  call(`\\mathrm{${name}}_{${axis}}`, ...tensor.expression.operands.map((_, index) => operand(index)))

/** How every primitive is written. */
const rules: Rules<[Writing], Term> = {
  constant: ({ values }, { tensor, page }) => constantTerm(page, tensor, values),
  input: ({ name }, { tensor, page }) => symbolTerm(page, page.symbolFor(name), tensor.shape),
  iota: ({ axis }, { tensor, page }) => braced(page, term(`\\mathrm{iota}_{${axis}}`, 'application'), tensor),

  neg: (_, { operand }) => negative(operand(0)),
  abs: (_, { operand }) => absolute(operand(0)),
  sign: applied('\\mathrm{sign}'),
  floor: (_, { operand }) => term(`\\lfloor ${operand(0).tex} \\rfloor`, 'application'),
  sqrt: (_, { operand }) => term(`\\sqrt{${operand(0).tex}}`, 'application'),
  exp: applied('\\exp'),
  expm1: (_, { operand }) => minus(call('\\exp', operand(0)), term('1', 'application')),
  log: applied('\\log'),
  log1p: (_, { operand }) => call('\\log', plus(term('1', 'application'), operand(0))),
  sin: applied('\\sin'),
  cos: applied('\\cos'),
  tanh: applied('\\tanh'),
  sigmoid: applied('\\sigma'),
  erf: applied('\\mathrm{erf}'),
  cast: ({ operands: [x] }, { operand, tensor }) =>
    tensor.dtype === 'int32' && x.dtype !== 'int32' ? call('\\mathrm{trunc}', operand(0)) : operand(0),

  add: elementwise(plus),
  sub: elementwise(minus),
  mul: multiply,
  div: fraction,
  pow: power,
  maximum: extreme('\\max'),
  minimum: extreme('\\min'),

  equal: compare('='),
  notEqual: compare('\\ne'),
  less: compare('<'),
  lessEqual: compare('\\le'),
  greater: compare('>'),
  greaterEqual: compare('\\ge'),
  where: select,

  sum: reductionTerm('sum'),
  max: reductionTerm('max'),
  min: reductionTerm('min'),
  argmax: ({ axis }, writing) => indexed('argmax', axis, writing),

  matmul: matmulTerm,

  reshape: reshapeTerm,
  transpose: transposeTerm,
  broadcast: broadcastTerm,
  slice: sliceTerm,
  concat: concatTerm,

  gather: ({ axis }, writing) => indexed('gather', axis, writing),
  scatterAdd: ({ axis }, writing) => indexed('scatter', axis, writing),
  oneHot: applied('\\mathrm{onehot}'),

  random: ({ distribution }, { tensor, page }) =>
    braced(page, term(upright(distribution), 'application'), tensor),
}

/** An expression as an equation writes it; named tensors are the inputs in it. */
export function write(tensor: AnyTensor, page: Page): Term {
  const written = new Map<AnyTensor, Term>()
  for (const each of dependencyOrder([tensor])) {
    const operand = (index: number): Term => {
      const of = each.expression.operands[index]
      const found = of && written.get(of)
      if (found === undefined) throw new Error(`${each.expression.op} has no operand ${index}`)
      return found
    }
    const rule = rules[each.expression.op] as (of: AnyTensor['expression'], writing: Writing) => Term
    written.set(each, rule(each.expression, { tensor: each, operand, page }))
  }
  const found = written.get(tensor)
  if (found === undefined) throw new Error(`${tensor.expression.op} is not written`)
  return found
}
