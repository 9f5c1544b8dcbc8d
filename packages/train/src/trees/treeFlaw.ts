import { isTensor } from '@pullback/core'

/** A value within a tree, and the records above it. */
interface Place {
  readonly value: unknown
  readonly name: string
  readonly above: Place | undefined
}

function pathOf({ name, above }: Place): string {
  const names = [name]
  for (let place = above; place !== undefined; place = place.above) names.push(place.name)
  return names.toReversed().join('.')
}

function containsItself({ value, above }: Place): boolean {
  for (let place = above; place !== undefined; place = place.above) if (place.value === value) return true
  return false
}

/** A record that can be a tree, as what is read from a file is none until it was looked at. */
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === '[object Object]'

const hint = 'JSON keeps no tensors: save their arrays (toArray), and make tensors of them again (fromValues)'

const show = (value: unknown): string =>
  value === undefined
    ? 'is missing'
    : `is ${value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`}, not a tensor; ${hint}`

/**
 * Where what should be a tree of tensors is none and why, as a sentence, or undefined: for data that did not pass the
 * type checker. It ends in records that contain themselves, too, as folds over trees do not.
 *
 * @param name what the tree is called, the first name of every path
 * @param whose ` of the snapshot`, say, to be put after the path
 */
export function treeFlaw(name: string, tree: unknown, whose = ''): string | undefined {
  const pending: Place[] = [{ value: tree, name, above: undefined }]
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    const { value } = place
    if (isTensor(value)) continue
    if (!isRecord(value)) return `${pathOf(place)}${whose} ${show(value)}`
    if (containsItself(place)) return `${pathOf(place)}${whose} contains itself`
    for (const [below, child] of Object.entries(value).toReversed())
      pending.push({ value: child, name: below, above: place })
  }
  return undefined
}
