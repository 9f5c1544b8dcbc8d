import { showShape, type Summary, type SummaryRow } from '@pullback/core'
import { grouped } from '../../numbers/grouped.ts'
import { html, type Markup } from '../markup.ts'

const label = ({ role, path }: SummaryRow): string => (role === 'penalty' ? `penalty on ${path}` : path)

function row(line: SummaryRow): Markup {
  const { depth, title, shares, shape, parameters, forward, backward } = line
  return html`<tr>
    <th scope="row" style="padding-left: ${depth + 0.5}em">${label(line)}</th>
    <td><code>${title}</code>${shares === undefined ? undefined : ` = ${shares}`}</td>
    <td>${showShape(shape)}</td>
    <td class="number">${grouped(parameters)}</td>
    <td class="number">${grouped(forward)}</td>
    <td class="number">${grouped(backward)}</td>
  </tr>`
}

/** The summary of a net as a table: nodes, shapes, parameters, operations. */
export function summaryTable({ rows, total, sizes }: Summary): Markup {
  const bound = Object.entries(sizes).map(([name, size]) => `${name} = ${grouped(size)}`)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Summary of the net">
      <table>
        <thead>
          <tr>
            <th scope="col">node</th>
            <th scope="col">layer</th>
            <th scope="col">output</th>
            <th scope="col" class="number">parameters</th>
            <th scope="col" class="number">forward</th>
            <th scope="col" class="number">backward</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(row)}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan="3">total</th>
            <td class="number">${grouped(total.parameters)}</td>
            <td class="number">${grouped(total.forward)}</td>
            <td class="number">${grouped(total.backward)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="note">
      The shape [] is that of a scalar, a single number. Forward and backward in floating-point operations for
      ${bound.join(', ')}.
    </p>`
}
