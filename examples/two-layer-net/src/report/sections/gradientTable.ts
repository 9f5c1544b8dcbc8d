import type { GradientCheck } from '../../gradient/gradientCheck.ts'
import { gradientSentence, showElement, showError } from '../../gradient/gradientSentence.ts'
import { grouped } from '../../numbers/grouped.ts'
import { html, type Markup } from '../markup.ts'
import { unbroken } from '../unbroken.ts'

/** The gradient check, a row for every tensor. */
export function gradientTable(check: GradientCheck): Markup {
  const rows = check.tensors.map(
    ({ path, shape, size, checked, agreeing, worst }) =>
      html`<tr>
        <th scope="row"><code>${path}</code></th>
        <td>[${shape.join(', ')}]</td>
        <td class="number">
          ${checked === size ? grouped(size) : `${grouped(checked)} of ${grouped(size)}`}
        </td>
        <td class="number">${grouped(agreeing)}</td>
        <td class="number">${showError(worst.relativeError)}</td>
        <td><code>${showElement(path, worst.index)}</code></td>
        <td class="number">${worst.analytic.toPrecision(6)}</td>
        <td class="number">${worst.numeric.toPrecision(6)}</td>
      </tr>`,
  )
  return html`<p>${unbroken(gradientSentence(check).replace(/^gradient check: /, ''))}.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Gradient check by tensor">
      <table>
        <thead>
          <tr>
            <th scope="col">parameter</th>
            <th scope="col">shape</th>
            <th scope="col" class="number">checked</th>
            <th scope="col" class="number">agree</th>
            <th scope="col" class="number">worst error</th>
            <th scope="col">at</th>
            <th scope="col" class="number">backward</th>
            <th scope="col" class="number">differences</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="note">
      Computed in float64 on ${check.examples} training examples before training, biases drawn at random, too.
      Two derivatives agree if they differ by no more than the differences can be off, a bound that is
      computed with them; no tolerance is chosen.
    </p>`
}
