import { toDot, type Objective } from '@pullback/core'
import { grouped } from '../../numbers/grouped.ts'
import { figure } from '../charts/figure.ts'
import { html, type Markup } from '../markup.ts'

/** Nets of more nodes than these are neither drawn nor written as equations: nobody could read it. */
export const mostNodes = 60

/** The graph of a net with its loss and penalties. */
export const graphDrawing = (layOut: (dot: string) => string, objective: Objective): Markup =>
  html`<div class="graph">
    ${figure(
      layOut(toDot(objective)),
      'Graph of the net: inputs, layers in their order, the loss, the penalties and their sum, the objective.',
      'From inputs to the objective, each arrow with the shape of what it carries: N is the number of examples, and [] is a scalar, a single number without axes.',
    )}
  </div>`

/** What stands in the place of the drawing and the equations of a net that is too large for them. */
export const tooLarge = (nodes: number): Markup =>
  html`<p>
    The net has ${grouped(nodes)} nodes. Of more than ${mostNodes}, neither graph nor equations could be read,
    so they are left out; the summary has them all.
  </p>`
