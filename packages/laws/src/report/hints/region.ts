import { isTensor, mapTree, toArray, type AnyTensor, type LayerInput, type Tree } from '@pullback/core'
import { differentiable } from '../gradientsAt.ts'
import { nudged, redrawn, refilled, rowsOf, withRows } from '../vary.ts'
import type { Hint } from './evidence.ts'

/** More rows than are tried one by one. */
const mostRows = 8

/** The gradient is right for every row on its own. */
export const oneRow: Hint = ({ violation: { sample }, points, general, violated }) => {
  const [point] = points
  const wrong = general && point !== undefined ? point.sample : sample
  const rows = rowsOf(wrong) ?? 0
  const singles = Array.from({ length: Math.min(rows, mostRows) }, (_, row) => withRows(wrong, [row]))
  const holds =
    rows > 1 && rows <= mostRows && singles.every((single) => single !== undefined && !violated(single))
  return holds ? `right for a batch of one row, wrong for ${rows}` : undefined
}

/** Each row 1 at its largest entry, 0 elsewhere. */
function oneHotRows(tensor: AnyTensor): AnyTensor {
  const width = tensor.shape.at(-1) ?? 1
  const values = toArray(tensor)
  const largest = (row: number) => {
    let best = row * width
    for (let entry = best; entry < (row + 1) * width; entry++)
      if ((values[entry] ?? 0) > (values[best] ?? 0)) best = entry
    return best
  }
  return refilled(
    tensor,
    Array.from(values, (_, entry) => (largest(Math.floor(entry / width)) === entry ? 1 : 0)),
  )
}

const isLabels = (name: string): boolean => /label|target|expected|truth|probabilit/i.test(name)

/** The gradient is right if each row of float labels is one-hot. */
export const oneHotLabels: Hint = ({ violation: { sample }, points, violated }) => {
  if (isTensor(sample.input)) return undefined
  const names = [...differentiable(sample).keys()].filter(
    (name) => name.startsWith('input.') && isLabels(name),
  )
  if (names.length === 0 || points.length === 0) return undefined
  const holds = points.every((point) => {
    const input = mapTree<Tree>(point.sample.input, (leaf, path) =>
      names.includes(`input.${path}`) ? oneHotRows(leaf) : leaf,
    )
    return !violated({ ...point.sample, input: input as LayerInput })
  })
  return holds ? 'right for one-hot labels only' : undefined
}

const draws = [11, 12, 13]

/** The gradient is right around the point and wrong at it. */
export const exactPoint: Hint = ({ violation: { sample }, general, violated }) => {
  if (general || draws.some((draw) => violated(nudged(sample, draw)))) return undefined
  const numbers = [...differentiable(sample).values()].flatMap((leaf) => Array.from(toArray(leaf)))
  const what = numbers.includes(0)
    ? ' exactly 0'
    : new Set(numbers).size < numbers.length
      ? ' ties'
      : ' a single point'
  return `right at values close by: wrong at${what} (look at > and >=)`
}

/** The gradient is right at typical values, but not in the region of the violation. */
export const region: Hint = ({ violation: { sample }, general, violated }) =>
  general || draws.some((draw) => violated(redrawn(sample, draw)))
    ? undefined
    : 'right at standard normal values: wrong in a region, such as a tail or one side of a branch'
