import { elementsOf } from '../evaluate/compute.ts'
import { transformTree, type Tree } from '../tensor/tree.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { Values } from '../tensor/values.ts'
import type { Executable, Storage } from './backend.ts'
import { constantOf } from './constantOf.ts'
import type { Program } from './program.ts'
import { formOf, tensorsOf } from './treeForm.ts'
import { usedInputs } from './usedInputs.ts'

// Values never change, so that what was written last need not be written again, by whatever program.
const written = new WeakMap<Storage, WeakRef<Values>>()

function write(storage: Storage, tensor: AnyTensor): void {
  const { expression } = tensor
  const values = expression.op === 'constant' ? expression.values : undefined
  if (values !== undefined && written.get(storage)?.deref() === values) return
  written.delete(storage)
  storage.write(elementsOf(tensor))
  if (values !== undefined) written.set(storage, new WeakRef(values))
}

/** What is run: a program that carries nothing, and the trees of its inputs and results. */
export interface Prepared {
  readonly program: Program
  readonly executable: Executable
  readonly inputs: Tree
  readonly outputs: Tree
}

/** A prepared program as a function of a tree of tensors; what it gives is its own. */
export function callOf({ program, executable, inputs, outputs }: Prepared): (given: Tree) => Tree {
  const form = formOf(inputs)
  const used = usedInputs(program)
  return (given) => {
    const tensors = tensorsOf('the compiled function', form, given)
    for (const [index, tensor] of tensors.entries()) {
      const storage = executable.inputs[index]
      if (storage !== undefined && used.has(index)) write(storage, tensor)
    }
    executable.run()
    const results = executable.outputs.values()
    return transformTree(outputs, (tensor) => {
      const storage = results.next().value
      if (storage === undefined) throw new Error('the backend gives too few outputs')
      return constantOf(tensor, storage.read())
    })
  }
}
