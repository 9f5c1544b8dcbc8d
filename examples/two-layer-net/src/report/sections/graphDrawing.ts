import { toDot, type Objective } from '@pullback/core'
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
      'From inputs to the objective, each arrow with the shape of what it carries.',
    )}
  </div>`
