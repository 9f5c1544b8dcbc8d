import type { Net } from '../layer/layer.ts'
import { equations, type Equation, type EquationOptions } from './equations.ts'

/**
 * Equations below each other, their equals signs in one column, as one block of display math.
 *
 * @example
 * aligned([{ left: 'a', right: 'b + c' }]) // => '\\begin{aligned}\na &= b + c\n\\end{aligned}'
 */
export const aligned = (list: readonly Equation[]): string =>
  `\\begin{aligned}\n${list.map(({ left, right }) => `${left} &= ${right}`).join(' \\\\\n')}\n\\end{aligned}`

/**
 * The equations of a net or objective, forward and then backward, as one block of display math; see `equations`.
 *
 * @param net any layer
 * @param options symbols for nodes, parameters and sizes, and whether shapes are written
 * @throws RangeError if a symbol is given for what the net does not have
 * @example
 * toLatex(relu(), { shapes: false, symbols: { input: 'z', relu: 'p' } }).split('\n')
 * // => ['\\begin{aligned}', 'p &= \\max(0, z) \\\\', 'dz &= dp \\odot [z > 0]', '\\end{aligned}']
 */
export function toLatex(net: Net, options: EquationOptions = {}): string {
  const { forward, backward } = equations(net, options)
  return aligned([...forward, ...backward])
}
