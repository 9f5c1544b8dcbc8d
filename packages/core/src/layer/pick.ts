import type { Tensor } from '../tensor/tensor.ts'

/** The tensors of these names, in this order. */
export const pick = (inputs: Readonly<Record<string, Tensor>>, names: readonly string[]): readonly Tensor[] =>
  names.map((name) => {
    const found = inputs[name]
    if (found === undefined)
      throw new TypeError(`there is no input '${name}' among ${Object.keys(inputs).join(', ')}`)
    return found
  })
