import { i32, op, sequence, type Code } from '../assembler/code.ts'
import type { FunctionBuilder, Local } from '../assembler/module.ts'

// Threefry-2x32 with 20 rounds: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
const rotations = [13, 15, 26, 6, 17, 29, 16, 24]
const parity = 0x1bd11bda

/** Two words of 32 random bits, and the code that computes them of a key and a counter. */
export interface RandomWords {
  readonly compute: (counter: Code, stream: Code) => Code
  readonly first: Local
  readonly second: Local
}

const sum = (a: Code, b: Code): Code => op('i32.add', a, b)

export function randomWords({ local }: FunctionBuilder, key0: Code, key1: Code): RandomWords {
  const first = local('i32')
  const second = local('i32')
  const third = op('i32.xor', op('i32.xor', key0, key1), i32(parity))
  const schedule = [key0, key1, third]
  const keyAt = (index: number): Code => schedule[index % 3] ?? key0
  const rounds = [1, 2, 3, 4, 5].flatMap((group) => {
    const from = group % 2 === 1 ? 0 : 4
    return [
      ...rotations
        .slice(from, from + 4)
        .flatMap((by) => [
          first.set(sum(first.get, second.get)),
          second.set(op('i32.xor', op('i32.rotl', second.get, i32(by)), first.get)),
        ]),
      first.set(sum(first.get, keyAt(group))),
      second.set(sum(sum(second.get, keyAt(group + 1)), i32(group))),
    ]
  })
  return {
    first,
    second,
    compute: (counter, stream) =>
      sequence(first.set(sum(counter, key0)), second.set(sum(stream, key1)), ...rounds),
  }
}
