import { add, input, matmul, mul, sub, type Executable, type Program, type Tensor } from '@pullback/core'
import { describe, expect, it } from 'vitest'
import { wasm } from './wasm.ts'

const form = { shape: [2, 2], dtype: 'float32' } as const
const [a, b, c] = ['a', 'b', 'c'].map((name) => input(name, form.shape, form.dtype) as Tensor)
if (a === undefined || b === undefined || c === undefined) throw new Error('an input is missing')

const programOf = (tensors: readonly Tensor[], carried: readonly (readonly [number, number])[]): Program => ({
  inputs: ['a', 'b', 'c'].map((name) => ({ name, ...form })),
  outputs: tensors.map((tensor, index) => ({ name: `out${index}`, tensor })),
  carried: carried.map(([output, to]) => ({ output, input: to })),
})

const begin = [1, 10, 100]

function started(program: Program): Executable {
  const executable = wasm({ threads: 1 }).prepare(program)
  for (const [index, value] of begin.entries())
    executable.inputs[index]?.write(new Float32Array(4).fill(value))
  return executable
}

const firsts = ({ inputs }: Executable): readonly number[] => inputs.map((storage) => storage.at(0))

describe('what is carried', () => {
  it.each<
    [
      string,
      readonly Tensor[],
      readonly (readonly [number, number])[],
      (x: readonly [number, number, number]) => readonly number[],
    ]
  >([
    [
      'two that change places',
      [b, a],
      [
        [0, 0],
        [1, 1],
      ],
      ([x, y, z]) => [y, x, z],
    ],
    [
      'three that go round',
      [b, c, a],
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      ([x, y, z]) => [y, z, x],
    ],
    [
      'one to two inputs',
      [add(a, b)],
      [
        [0, 0],
        [0, 1],
      ],
      ([x, y, z]) => [x + y, x + y, z],
    ],
    [
      'a product to two inputs',
      [matmul(a, b)],
      [
        [0, 0],
        [0, 1],
      ],
      ([x, y, z]) => [2 * x * y, 2 * x * y, z],
    ],
    [
      'an input to another that stays',
      [a],
      [
        [0, 0],
        [0, 1],
      ],
      ([x, , z]) => [x, x, z],
    ],
    [
      'an input to one that is replaced in place',
      [add(a, 1), a],
      [
        [0, 0],
        [1, 1],
      ],
      ([x, , z]) => [x + 1, x, z],
    ],
    [
      'a chain',
      [add(a, b), mul(a, 2), sub(b, a)],
      [
        [0, 1],
        [1, 0],
        [2, 2],
      ],
      ([x, y]) => [2 * x, x + y, y - x],
    ],
    ['nothing else', [add(a, c)], [[0, 2]], ([x, y, z]) => [x, y, x + z]],
  ])('%s', (_, tensors, carried, step) => {
    const executable = started(programOf(tensors, carried))
    let wanted = begin
    for (let run = 0; run < 3; run++) {
      executable.run()
      wanted = [...step(wanted as unknown as readonly [number, number, number])]
      expect(firsts(executable)).toEqual(wanted)
      for (const [output, to] of carried)
        expect(executable.outputs[output]?.at(3)).toBe(executable.inputs[to]?.at(3))
    }
  })

  it('is worked on by several programs in turn', () => {
    const backend = wasm({ threads: 1 })
    const [one, other] = [
      programOf(
        [add(a, b), mul(matmul(b, a), 0.5)],
        [
          [0, 0],
          [1, 1],
        ],
      ),
      programOf(
        [sub(a, 1), add(matmul(a, b), c)],
        [
          [0, 0],
          [1, 1],
        ],
      ),
    ].map((program) => backend.prepare(program))
    if (one === undefined || other === undefined) throw new Error('a program is missing')
    for (const [index, value] of begin.entries()) one.inputs[index]?.write(new Float32Array(4).fill(value))
    let [x, y] = [1, 10]
    const z = 100
    for (let run = 0; run < 4; run++) {
      const [now, then] = run % 2 === 0 ? [one, other] : [other, one]
      now.run()
      ;[x, y] = run % 2 === 0 ? [x + y, x * y] : [x - 1, 2 * x * y + z]
      expect(firsts(now)).toEqual([x, y, z])
      for (const [index, storage] of now.inputs.entries()) then.bind(index, storage)
    }
  })
})
