import { grouped } from '../../numbers/grouped.ts'
import { percent } from '../../numbers/percent.ts'
import { mistakes, type Confusion } from '../confusion.ts'
import { html, type Markup, type Part } from '../markup.ts'

const mostClasses = 25

const sum = (row: readonly number[]): number => row.reduce((total, count) => total + count, 0)

function cell(count: number, total: number, right: boolean): Markup {
  const share = total === 0 ? 0 : count / total
  // A single mistake among hundreds should still be seen.
  const strength = count === 0 ? 0 : Math.round(100 * (0.12 + 0.78 * Math.sqrt(share)))
  const deep = strength > 55 ? ' deep' : ''
  return html`<td class="${right ? 'right' : 'wrong'}${deep}" style="--strength: ${strength}%">
    ${count === 0 ? '·' : grouped(count)}
  </td>`
}

function table(confusion: Confusion, names: readonly string[]): Markup {
  const head = names.map((name) => html`<th scope="col">${name}</th>`)
  const rows = confusion.map((row, label) => {
    const total = sum(row)
    const cells = row.map((count, predicted) => cell(count, total, label === predicted))
    const recall = total === 0 ? '–' : percent((row[label] ?? 0) / total)
    return html`<tr>
      <th scope="row">${names[label]}</th>
      ${cells}
      <td class="recall">${recall}</td>
    </tr>`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix">
    <table class="confusion">
      <thead>
        <tr>
          <th scope="col">
            <span class="hint">true&nbsp;↓ <br />predicted&nbsp;→</span>
          </th>
          ${head}
          <th scope="col">right</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function list(confusion: Confusion, names: readonly string[]): Part {
  const worst = mistakes(confusion, names.length > mostClasses ? 20 : 5)
  if (worst.length === 0) return html`<p>Not one of them was taken for another class.</p>`
  const entries = worst.map(
    ({ label, predicted, count }) =>
      html`<li>
        <b>${names[label]}</b> taken for <b>${names[predicted]}</b>:
        ${count === 1 ? 'once' : `${grouped(count)} times`}
      </li>`,
  )
  return html`<div>
    <p>The most frequent mistakes:</p>
    <ul>
      ${entries}
    </ul>
  </div>`
}

/** Which classes are taken for which: a table, or, of many classes, the most frequent mistakes alone. */
export const confusionMatrix = (confusion: Confusion, names: readonly string[], of: string): Markup =>
  html`<p>${grouped(sum(confusion.map(sum)))} ${of} examples, a row for each true class.</p>
    <div class="beside">
      ${names.length > mostClasses ? undefined : table(confusion, names)} ${list(confusion, names)}
    </div>`
