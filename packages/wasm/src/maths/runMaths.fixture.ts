import { access, i32 } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import { moduleBuilder } from '../assembler/module.ts'
import { webAssembly } from '../engine/webAssembly.ts'
import type { FloatType } from './lanes.ts'
import { mathsLibrary, type MathsOp } from './mathsLibrary.ts'

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const

/** Addresses of two inputs and of the output, a page each. */
const page = 65536
const bytesOfVector = 16

type Compiled = (xs: readonly number[], ys: readonly number[]) => readonly number[]

/** A module that runs one function over arrays. */
function compile(op: MathsOp, dtype: FloatType | 'int32'): Compiled {
  if (webAssembly === undefined) throw new Error('there is no WebAssembly')
  const module = moduleBuilder()
  module.importMemory('env', 'memory', { minimum: 3, maximum: 3, shared: false })
  const vector = mathsLibrary(module).vector(op, dtype)
  const run = module.define({ parameters: ['i32'], results: [] }, ({ parameters, local }) => {
    const at = local('i32')
    const inputs = vector.parameters.map((_, index) => access('v128.load', index * page, at.get))
    const [end = at] = parameters
    return countUp(
      at,
      i32(0),
      end.get,
      bytesOfVector,
      access('v128.store', 2 * page, at.get, vector.call(...inputs)),
    )
  })
  module.export('run', run)
  const memory = new webAssembly.Memory({ initial: 3, maximum: 3, shared: false })
  const compiled = new webAssembly.Module(module.assemble())
  const { exports } = new webAssembly.Instance(compiled, { env: { memory } })
  const call = exports['run'] as (bytes: number) => void
  const create = arrays[dtype]
  const bytes = create.BYTES_PER_ELEMENT
  const perPage = page / bytes
  const [first, second, out] = [0, page, 2 * page].map(
    (from) => new create(memory.buffer as ArrayBuffer, from, perPage),
  )
  return (xs, ys) => {
    if (xs.length > perPage) throw new Error(`at most ${perPage} numbers at a time`)
    first?.set(xs)
    second?.set(ys)
    call(xs.length * bytes)
    return Array.from(out?.subarray(0, xs.length) ?? [])
  }
}

const compiled = new Map<string, Compiled>()

/** The results of a function of the library for any number of arguments. */
export function runMaths(
  op: MathsOp,
  dtype: FloatType | 'int32',
  xs: readonly number[],
  ys: readonly number[] = [],
): readonly number[] {
  const key = `${op} ${dtype}`
  const run = compiled.get(key) ?? compile(op, dtype)
  compiled.set(key, run)
  return run(xs, ys)
}
