import { leaves, toArray, type TreeRecord } from '@pullback/core'
import { grouped } from '../../numbers/grouped.ts'
import type { Task } from '../../task/task.ts'
import { pngAddress } from '../images/png.ts'
import { imageForm, weightPicture } from '../images/weightPictures.ts'
import { html, type Markup } from '../markup.ts'

const most = 100

/** The weights of the first layer as images, one for every hidden unit; undefined where examples are no images. */
export function weightImages(params: TreeRecord, { train }: Task): Markup | undefined {
  const form = imageForm(train.imageShape)
  const [path, first] =
    leaves(params).find(({ 1: { shape } }) => shape.length === 2 && shape[0] === train.features.shape[1]) ??
    []
  if (form === undefined || first === undefined || path === undefined) return undefined
  const units = first.shape[1] ?? 0
  const values = toArray(first)
  const inputs = values.length / units
  const shown = Math.min(units, most)
  const images = Array.from({ length: shown }, (_, unit) => {
    const weights = Array.from({ length: inputs }, (_, at) => values[at * units + unit] ?? 0)
    const address = pngAddress(weightPicture(weights, form))
    return html`<img
      src="${address}"
      alt="weights of unit ${unit}"
      title="unit ${unit}"
      width="64"
      height="64"
    />`
  })
  const colours =
    form.channels === 1
      ? 'Red pixels raise a unit, blue ones lower it, each unit on a scale of its own.'
      : 'Every unit from its least weight, black, to its largest.'
  return html`<figure>
    <div class="weights">${images}</div>
    <figcaption>
      The columns of ${path}: what
      ${shown < units ? `each of the first ${shown} of ${grouped(units)}` : 'each of the'} hidden units looks
      for. ${colours}
    </figcaption>
  </figure>`
}
