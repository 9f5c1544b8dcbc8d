import type { Place } from '../law/law.ts'

/** A tensor as the author of a layer calls it: `fc1.W` for `params.fc1.W`. */
export const showTensor = (tensor: string): string => tensor.replace(/^params\./, '')

/** An entry of a tensor: `fc1.W[2, 1]`; of a scalar, its name alone. */
export const showPlace = ({ tensor, index }: Place): string =>
  index.length === 0 ? showTensor(tensor) : `${showTensor(tensor)}[${index.join(', ')}]`
