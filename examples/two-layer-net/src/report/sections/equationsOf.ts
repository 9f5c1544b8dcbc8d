import { aligned, equations, type EquationOptions, type Equations, type Objective } from '@pullback/core'
import * as E from '#fp/Either'
import { classifier } from '../../net/classifier.ts'
import { twoLayerNet, type Sizes } from '../../net/twoLayerNet.ts'
import { grouped } from '../../numbers/grouped.ts'
import { html, trusted, type Markup } from '../markup.ts'
import { unbroken } from '../unbroken.ts'

/** An objective as its equations are written: in which symbols, and what the letters of its sizes mean. */
export interface Lettered {
  readonly written: Equations
  readonly legend: string
}

const shapes = 'Below a symbol is its shape; N is the number of examples in a batch'
const derivatives = 'dx is the derivative of L by x.'

/** An objective in its own symbols, its sizes as numbers. */
export const asItIs = (objective: Objective): Lettered => ({
  written: equations(objective),
  legend: `${shapes}. ${derivatives}`,
})

// The symbols of the derivation in docs/two-layer-net.md.
const symbols: Required<EquationOptions>['symbols'] = {
  input: 'X',
  labels: 'y',
  'fc1.W': 'W_1',
  'fc1.b': 'b_1',
  'fc2.W': 'W_2',
  'fc2.b': 'b_2',
  fc1: 'z_1',
  relu: 'p_1',
  fc2: 'z_2',
  'loss.p': 'p_2',
}

// The equations are the same for all sizes. These tell D, H and C apart where those of a net may be one number.
const [D, H, C] = [101, 103, 107]

/** The two-layer net and its penalties in the symbols of the derivation, its sizes as letters. */
export function letteredTwoLayer(sizes: Sizes, reg: number): Lettered {
  const built = E.chain((net: Parameters<typeof classifier>[0]) => classifier(net, C, reg))(
    twoLayerNet({ D, H, C }),
  )
  if (E.isLeft(built)) throw new Error(`the two-layer net cannot be built: ${built.left}`)
  const numbers = [
    `D = ${grouped(sizes.D)} the numbers of an example`,
    `H = ${grouped(sizes.H)} the hidden units`,
    `C = ${grouped(sizes.C)} the classes`,
  ]
  return {
    written: equations(built.right, { symbols, sizes: { [D]: 'D', [H]: 'H', [C]: 'C' } }),
    legend: `${shapes}, ${numbers.join(', ')}${reg === 0 ? '' : `; reg = ${reg}`}. ${derivatives}`,
  }
}

/** The equations of a net with its loss and penalties, forward and backward, as core derives them. */
export function equationsOf(typeset: (tex: string) => string, { written, legend }: Lettered): Markup {
  const block = (title: string, list: Equations['forward']) =>
    html`<h3>${title}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="Equations, ${title}">
        ${trusted(typeset(aligned(list)))}
      </div>`
  return html`${block('Forward', written.forward)}${block('Backward', written.backward)}
    <p class="note">${unbroken(legend)}</p>`
}
