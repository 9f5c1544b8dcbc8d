import type { Backend, Executable, Storage } from '../compile/backend.ts'
import type { Program } from '../compile/program.ts'
import { computeAll } from '../evaluate/compute.ts'
import { allocate, type Dtype, type TypedArray } from '../tensor/dtype.ts'
import { elementCount } from '../tensor/shape.ts'
import { makeTensor, type AnyTensor } from '../tensor/tensor.ts'
import { Values } from '../tensor/values.ts'

/** A tensor with a place for its values: an input or an output of a program. */
interface Named {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: Dtype
}

interface Held {
  readonly storage: Storage
  readonly array: TypedArray
}

const arrays = new WeakMap<Storage, TypedArray>()

function hold({ name, shape, dtype }: Named): Held {
  const array = allocate(dtype, elementCount(shape), shape)
  const storage: Storage = {
    length: array.length,
    write(values) {
      if (values.length !== array.length)
        throw new RangeError(
          `the storage of '${name}' holds ${array.length} elements and is given ${values.length}`,
        )
      array.set(values)
    },
    read: () => array.slice(),
    at(position) {
      const value = array[position]
      if (value === undefined)
        throw new RangeError(`position ${position} is outside a storage of ${array.length} elements`)
      return value
    },
  }
  arrays.set(storage, array)
  return { storage, array }
}

/** The array of a storage that is to hold an input; throws if it cannot. */
function arrayFor({ name, shape, dtype }: Named, storage: Storage): TypedArray {
  const array = arrays.get(storage)
  const expected = allocate(dtype, 0)
  if (array?.constructor === expected.constructor && array.length === elementCount(shape)) return array
  const found =
    array === undefined ? 'a storage of another backend' : `${array.length} of a ${array.constructor.name}`
  throw new TypeError(
    `the input '${name}' is held by a storage of ${elementCount(shape)} ${dtype} of the reference backend, not by ${found}`,
  )
}

const constantOver = (array: TypedArray, { shape, dtype }: Named): AnyTensor =>
  makeTensor({ op: 'constant', operands: [], values: new Values(array) }, shape, dtype)

function prepare({ inputs, outputs, carried }: Program): Executable {
  const given = inputs.map(hold)
  const roots = outputs.map(({ tensor }) => tensor)
  const results = outputs.map(({ name, tensor: { shape, dtype } }) => hold({ name, shape, dtype }))
  const storages = given.map(({ storage }) => storage)
  return {
    inputs: storages,
    outputs: results.map(({ storage }) => storage),
    bind(input, storage) {
      const of = inputs[input]
      if (of === undefined) throw new RangeError(`a program of ${inputs.length} inputs has no input ${input}`)
      given[input] = { storage, array: arrayFor(of, storage) }
      storages[input] = storage
    },
    run() {
      // The tensors live as long as the run, in which nothing writes to the arrays.
      const bindings = Object.fromEntries(
        inputs.flatMap((input, index) => {
          const array = given[index]?.array
          return array === undefined ? [] : [[input.name, constantOver(array, input)]]
        }),
      )
      const computed = computeAll(roots, bindings)
      for (const [index, { array }] of results.entries()) array.set(computed[index] ?? [])
      for (const { output, input } of carried) given[input]?.array.set(results[output]?.array ?? [])
    },
  }
}

/** The reference interpreter as a backend: the truth that the others are compared with. */
export const reference: Backend = {
  name: 'reference',
  description: 'reference interpreter',
  rank: 0,
  prepare,
}
