import { isTensor, leaves, showShape, type AnyTensor, type Json } from '@pullback/core'
import type { Sample } from '../sample/sample.ts'
import { showEntries } from './entries.ts'
import { showTensor } from './showPlace.ts'

const showValue = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The layer, its sizes, and what sets it apart as far as its title does not say it. */
export function configurationOf({ layer, context, input }: Sample): string {
  const { title } = layer.rule
  const shapes = isTensor(input)
    ? showShape(input.shape)
    : Object.entries(input)
        .map(([name, { shape }]) => `${name} ${showShape(shape)}`)
        .join(', ')
  const hyperparameters = Object.entries(layer.hyperparameters)
    .map(([name, value]) => [name, showValue(value)] as const)
    .filter(([, value]) => !title.includes(value) && value.length < 40)
    .map(([name, value]) => `${name} ${value}`)
  const mode = context.mode === 'predict' ? ['mode predict'] : []
  return [`${title} of ${shapes}`, ...hyperparameters, ...mode].join('; ')
}

const formOf = ({ shape, dtype }: AnyTensor): string =>
  shape.length === 0 ? dtype : `${dtype} ${showShape(shape)}`

/** The tensors of the sample in few words; the dtype is told where it is not float64. */
export function pointOf({
  params,
  input,
  dOutput,
}: Sample): readonly { readonly name: string; readonly entries: string }[] {
  const tensors = [...leaves({ params }), ...leaves({ input }), ['dOutput', dOutput] as const]
  return tensors.map(([name, tensor]) => ({
    name: `${showTensor(name)} ${formOf(tensor).replace(/^float64 ?/, '')}`.trimEnd(),
    entries: showEntries(tensor),
  }))
}

/** A sample on one line: `relu of [2]; input [2] all 0; dOutput [2] all 1`. */
export const showSample = (sample: Sample): string =>
  [configurationOf(sample), ...pointOf(sample).map(({ name, entries }) => `${name} ${entries}`)].join('; ')
