import { add, compile, full, type Backend, type Dtype, type Program } from '@pullback/core'
import * as fc from 'fast-check'
import { awkwardSize } from './awkwardShapes.ts'
import { arrayOf } from './elements.ts'
import type { BackendLaw, Setting } from './law.ts'
import { anyDtype } from './primitiveSample.ts'

interface Choices {
  readonly dtype: Dtype
  readonly other: Dtype
  readonly size: number
  readonly more: number
}

/** Throws unless something throws such an error, in a sentence. */
function refuses(
  { name }: Backend,
  what: string,
  error: typeof TypeError | typeof RangeError,
  run: () => void,
): void {
  let thrown: unknown
  try {
    run()
  } catch (caught) {
    thrown = caught
  }
  if (!(thrown instanceof error) || !/\w+ \w+ \w+/.test(thrown.message))
    throw new Error(
      `${name} violates the law refusals\n\n  what      ${what} gives ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'no error'}`,
      { cause: thrown },
    )
}

const programOf = (n: number, of: Dtype): Program => ({
  inputs: [{ name: 'x', shape: [n], dtype: of }],
  outputs: [],
  carried: [],
})

/** A shape, a dtype or a storage that a program was not compiled for is refused in a sentence, and harms nothing. */
export function refusalsLaw({ backend }: Setting): BackendLaw {
  const samples = fc
    .record({ dtype: anyDtype, other: anyDtype, size: awkwardSize, more: fc.integer({ min: 1, max: 9 }) })
    .filter(({ dtype, other }) => dtype !== other)
  const property = fc.asyncProperty<[unknown]>(samples, async (drawn) => {
    const { dtype, other, size, more } = drawn as Choices
    const twice = compile(({ x }) => add(x, x), { shapes: { x: { shape: [size], dtype } }, backend })
    refuses(backend, 'another shape', TypeError, () => twice({ x: full([size + more], 1, dtype) }))
    refuses(backend, 'another dtype', TypeError, () => twice({ x: full([size], 1, other) }))
    refuses(backend, 'another tree', TypeError, () => twice({ y: full([size], 1, dtype) } as never))
    const [one, longer, unlike] = [
      programOf(size, dtype),
      programOf(size + more, dtype),
      programOf(size, other),
    ].map((program) => backend.prepare(program))
    const bound =
      (from: typeof one, input = 0) =>
      () => {
        const storage = from?.inputs[0]
        if (storage !== undefined) one?.bind(input, storage)
      }
    refuses(backend, 'a storage of another length', TypeError, bound(longer))
    refuses(backend, 'a storage of another dtype', TypeError, bound(unlike))
    refuses(backend, 'values of another length', RangeError, () =>
      one?.inputs[0]?.write(
        arrayOf(
          dtype,
          Array.from({ length: size + more }, () => 1),
        ),
      ),
    )
    bound(one)()
    const sum = twice({ x: full([size], 2, dtype) })
    if (sum.shape[0] !== size) throw new Error('a refusal has broken the program')
  })
  return { name: 'refusals', property, undecided: () => 0 }
}
