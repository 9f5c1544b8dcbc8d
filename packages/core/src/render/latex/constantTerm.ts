import type { AnyTensor } from '../../tensor/tensor.ts'
import type { Values } from '../../tensor/values.ts'
import { symbolTerm, type Page } from './page.ts'
import { negative, term, type Term } from './term.ts'

const numberTerm = (page: Page, value: number): Term =>
  value < 0 || Object.is(value, -0)
    ? negative(numberTerm(page, -value))
    : term(
        page.sizes.number(value),
        value === 0 || !/\\cdot| /.test(page.sizes.number(value)) ? 'application' : 'scaled',
      )

/** The one value of all elements; undefined if they differ. */
function uniform(values: Values): number | undefined {
  if (values.length === 0) return undefined
  const first = values.at(0)
  for (let position = 1; position < values.length; position++)
    if (!Object.is(values.at(position), first)) return undefined
  return first
}

/** A number where all elements are one, else a symbol for values that are not written out. */
export function constantTerm(page: Page, tensor: AnyTensor, values: Values): Term {
  const value = uniform(values)
  return value === undefined ? symbolTerm(page, '\\mathrm{const}', tensor.shape) : numberTerm(page, value)
}

/** The scalar that all elements of a tensor repeat, if it is the broadcast of one. */
export function repeatedScalar(tensor: AnyTensor): AnyTensor | undefined {
  let from = tensor
  while (from.expression.op === 'broadcast' || from.expression.op === 'reshape')
    [from] = from.expression.operands
  return from.shape.length === 0 ? from : undefined
}

/** Whether all elements of a tensor are this number. */
export function isNumber(tensor: AnyTensor, value: number): boolean {
  const expression = repeatedScalar(tensor)?.expression
  return expression?.op === 'constant' && expression.values.at(0) === value
}
