import {
  add,
  fromValues,
  input,
  matmul,
  mul,
  type AnyTensor,
  type Program,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import type { BackendLaw, Setting } from './law.ts'

const rows = 128

/** Programs one after the other, each let go, take no more memory than a few of them: it is given back when asked for. */
export function memoryLaw({ backend, settle }: Setting, collect: () => void): BackendLaw {
  const property = fc.asyncProperty<[unknown]>(
    fc.integer({ min: 1, max: 16 }).map((size) => size * 16),
    async (drawn) => {
      const columns = drawn as number
      const form = { shape: [rows, columns], dtype: 'float32' } as const
      const x: AnyTensor = input('x', form.shape, form.dtype)
      const fixed = fromValues(new Float32Array(rows * columns).fill(2), form.shape)
      const y = mul(add(x as Tensor, fixed), matmul(matmul(x as Tensor, fixed, { transposeB: true }), fixed))
      const program: Program = {
        inputs: [{ name: 'x', ...form }],
        outputs: [{ name: 'y', tensor: y }],
        carried: [],
      }
      for (let cycle = 0; cycle < 8; cycle++) {
        const executable = backend.prepare(program)
        executable.inputs[0]?.write(new Float32Array(rows * columns).fill(cycle))
        executable.run()
        const found = executable.outputs[0]?.at(0)
        const wanted = (cycle + 2) * (cycle * 2 * columns) * 2 * rows
        if (found === undefined || Math.abs(found - wanted) > 1e-4 * wanted)
          throw new Error(
            `${backend.name} violates the law memory\n\n  what      ${found} in the place of ${wanted}`,
          )
        if (cycle % 4 === 3) {
          collect()
          await settle()
        }
      }
    },
  )
  return { name: 'memory', property, undecided: () => 0 }
}
