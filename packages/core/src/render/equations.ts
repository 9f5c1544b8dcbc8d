import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import { shapeOf } from '../shape/pattern.ts'
import { coreKinds } from '../spec/coreKinds.ts'
import { registry, type Registry } from '../spec/registry.ts'
import { namesOf } from './latex/names.ts'
import type { Page } from './latex/page.ts'
import { write } from './latex/rules.ts'
import type { Line } from './latex/shared.ts'
import { primeWitnesses, sizeNames } from './latex/sizes.ts'
import { symbols } from './latex/symbols.ts'
import { trace } from './latex/trace.ts'
import { leavesOf, outline, type Outline } from './outline.ts'
import { sizeNames as namesOfSizes } from './witness.ts'

/** One equation in LaTeX. */
export interface Equation {
  readonly left: string
  readonly right: string
}

/** The equations of a net: forward in order, backward in reverse. */
export interface Equations {
  readonly forward: readonly Equation[]
  readonly backward: readonly Equation[]
}

/** How equations are written. */
export interface EquationOptions {
  /**
   * Symbols in LaTeX: of the output of a node, an input, a parameter, what a layer caches, a hyperparameter or the loss
   * by its path: `{ fc1: 'z_1', input: 'X', 'fc1.W': 'W_1', 'loss.p': 'p_2', reg: '\\lambda' }`.
   */
  readonly symbols?: Readonly<Record<string, string>>
  /** Symbols for sizes: `{ 50: 'H' }`; sizes that have a name in the net, such as N, have it here too. */
  readonly sizes?: Readonly<Record<number, string>>
  /**
   * The kinds of layers, those of this library unless given, whose hyperparameters are written by name: each is read
   * with another value, and what changes with it is written in terms of it. Whole ones, and those of other kinds, are
   * written as the numbers that they are.
   */
  readonly kinds?: Registry
  /** Whether the shape is written below every factor; it is unless this is false. */
  readonly shapes?: boolean
}

function usedSizes({ inputs, items, net }: Outline): readonly number[] {
  const patterns = [...inputs.map(([, pattern]) => pattern), ...leavesOf(items).map(({ gives }) => gives)]
  return [
    ...patterns.flatMap(shapeOf).filter((size) => typeof size === 'number'),
    ...declaredParameters(net.parameters).flatMap(([, { shape }]) => shape),
  ]
}

/**
 * The equations of a net or objective, one for every output, for every gradient and for what is used more than once.
 *
 * They are what its layers compute: each is run forward and backward on named tensors, and the expressions that it
 * builds are written down. `A B` is a matrix product, the circle with a dot the product element by element, a number
 * beside a matrix stands for itself everywhere, a column beside one for itself in every column, `1 b^T` has b in every
 * row, `[z > 0]` is 1 where that holds and 0 elsewhere.
 *
 * @param net any layer; of an objective the gradients by its inputs are left out
 * @param options symbols for nodes, parameters and sizes, and whether shapes are written
 * @throws RangeError if a symbol is given for what the net does not have
 * @example
 * const { forward } = equations(affine(4, 3), { shapes: false, symbols: { input: 'x' } })
 * forward // => [{ left: 'Y', right: 'x\\,W + \\mathbf{1}\\,b^{\\top}' }]
 */
export function equations(net: Net, options: EquationOptions = {}): Equations {
  const chosen = options.symbols ?? {}
  const unfolded = outline(net)
  const witnesses = primeWitnesses(
    namesOfSizes(unfolded.inputs.map(([, pattern]) => pattern)),
    usedSizes(unfolded),
  )
  const book = symbols(chosen)
  const { forward, backward } = trace(
    unfolded,
    witnesses,
    namesOf(unfolded),
    book,
    options.kinds ?? registry(...coreKinds),
  )
  const keys = book.keys()
  const unknown = Object.keys(chosen).find((key) => !keys.includes(key))
  if (unknown !== undefined)
    throw new RangeError(`equations: there is no '${unknown}' to give a symbol to among ${keys.join(', ')}`)
  const page: Page = {
    sizes: sizeNames(witnesses, options.sizes ?? {}),
    shapes: options.shapes ?? true,
    symbolFor: book.symbolFor,
  }
  const equation = ({ name, value }: Line): Equation => ({
    left: write(name, page).tex,
    right: write(value, page).tex,
  })
  return { forward: forward.map(equation), backward: backward.map(equation) }
}
