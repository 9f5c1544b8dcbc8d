import { aligned, equations, type EquationOptions, type Equations, type Objective } from '@pullback/core'
import type { Sizes } from '../../net/twoLayerNet.ts'
import { html, trusted, type Markup } from '../markup.ts'

/** The symbols of the derivation in docs/two-layer-net.md, for the net that it derives. */
export const twoLayerSymbols = ({ D, H, C }: Sizes): EquationOptions => ({
  symbols: {
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
  },
  // Where two sizes are one number, it stands for itself.
  sizes: new Set([D, H, C]).size === 3 ? { [D]: 'D', [H]: 'H', [C]: 'C' } : {},
})

/** The equations of an objective in the symbols wished for, or in its own if it has no use for one of them. */
function written(objective: Objective, options: EquationOptions): Equations {
  try {
    return equations(objective, options)
  } catch (thrown) {
    if (thrown instanceof RangeError) return equations(objective)
    throw thrown
  }
}

/** The equations of a net with its loss and penalties, forward and backward, as core derives them. */
export function equationsOf(
  typeset: (tex: string) => string,
  objective: Objective,
  options: EquationOptions,
): Markup {
  const { forward, backward } = written(objective, options)
  const block = (title: string, list: Equations['forward']) =>
    html`<h3>${title}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="Equations, ${title}">
        ${trusted(typeset(aligned(list)))}
      </div>`
  return html`${block('Forward', forward)}${block('Backward', backward)}`
}
