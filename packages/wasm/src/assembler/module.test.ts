import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { webAssembly, type WasmImports, type WasmMemory } from '../engine/webAssembly.ts'
import {
  access,
  block,
  branch,
  branchIf,
  i32,
  loop,
  memoryCopy,
  memoryFill,
  nothing,
  op,
  sequence,
  when,
  type Code,
  type Label,
  type ValueType,
} from './code.ts'
import { countUp } from './countUp.ts'
import { functionsOf } from './disassemble.fixture.ts'
import { moduleBuilder, type FunctionBuilder, type ModuleBuilder } from './module.ts'

type Numbers = (...inputs: readonly number[]) => number

function engine(): NonNullable<typeof webAssembly> {
  if (webAssembly === undefined) throw new Error('there is no WebAssembly')
  return webAssembly
}

function instance(module: ModuleBuilder, imports: WasmImports = {}): Readonly<Record<string, Numbers>> {
  const { Module, Instance } = engine()
  return new Instance(new Module(module.assemble()), imports).exports as Readonly<Record<string, Numbers>>
}

const run = (exports: Readonly<Record<string, Numbers>>, name: string, ...inputs: readonly number[]) =>
  exports[name]?.(...inputs)

const toInt32 = { parameters: ['i32'], results: ['i32'] } as const

/** A function of one int32. */
function ofInt32(body: (builder: FunctionBuilder, x: Code) => Code): Numbers {
  const module = moduleBuilder()
  const defined = module.define(toInt32, (builder) =>
    sequence(...builder.parameters.map(({ get }) => body(builder, get))),
  )
  module.export('f', defined)
  const exports = instance(module)
  return (x = 0) => run(exports, 'f', x) ?? Number.NaN
}

describe('locals', () => {
  const types = fc.array(fc.constantFrom<ValueType>('i32', 'i64', 'f32', 'f64', 'v128'), { maxLength: 40 })

  it('are declared in order, as runs of one type', () => {
    fc.assert(
      fc.property(types, types, (parameters, locals) => {
        const module = moduleBuilder()
        module.define({ parameters, results: [] }, ({ local }) => {
          for (const type of locals) expect(local(type).type).toBe(type)
          return nothing
        })
        const bytes = module.assemble()
        const [lines = []] = functionsOf(bytes)
        const declared = lines
          .find((line) => line.startsWith('(local'))
          ?.replaceAll(/[()]/gu, '')
          .split(' ')
          .slice(1)
        expect(declared ?? []).toEqual(locals)
        // The body is the last bytes: the number of runs, two bytes a run, and an end.
        const runs = locals.filter((type, index) => type !== locals[index - 1]).length
        expect(bytes.at(-2 - 2 * runs)).toBe(runs)
      }),
    )
  })

  it('of one module do not disturb those of another function', () => {
    const f = ofInt32(({ local }, x) => {
      const [a, b] = [local('i32'), local('i32')]
      return sequence(
        a.set(x),
        b.set(op('i32.mul', a.tee(op('i32.add', a.get, i32(1))), i32(10))),
        op('i32.sub', b.get, a.get),
      )
    })
    expect(f(4)).toBe(45)
  })
})

describe('a branch', () => {
  it('leaves the block of its label and all inside it, at any depth', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 200 }), fc.nat(), (kinds, choice) => {
        const target = choice % kinds.length
        const f = ofInt32(({ local }, x) => {
          const left = local('i32')
          // Block number n counts one when it is left at its end.
          const nested = (depth: number, labels: readonly Label[]): Code => {
            const label = labels[target]
            if (depth === kinds.length) return label === undefined ? nothing : branch(label)
            const inside = (leave: Label) =>
              sequence(nested(depth + 1, [...labels, leave]), left.set(op('i32.add', left.get, i32(1))))
            return kinds[depth] === true
              ? block(inside)
              : block((leave) => when(x, inside(leave), op('unreachable')))
          }
          return sequence(nested(0, []), left.get)
        })
        expect(f(1)).toBe(target)
      }),
    )
  })

  it('begins a loop again, and one that depends on a number leaves', () => {
    const f = ofInt32(({ local }, x) => {
      const [sum, k] = [local('i32'), local('i32')]
      const body = (leave: Label) =>
        loop((again) =>
          sequence(
            branchIf(leave, op('i32.ge_s', k.get, x)),
            k.set(op('i32.add', k.get, i32(1))),
            sum.set(op('i32.add', sum.get, k.get)),
            branch(again),
          ),
        )
      return sequence(block(body), sum.get)
    })
    expect([f(-1), f(0), f(1), f(10)]).toEqual([0, 0, 1, 55])
  })

  it('is taken by what is and what is not zero', () => {
    const f = ofInt32(({ local }, x) => {
      const y = local('i32')
      return sequence(
        when(x, y.set(i32(7)), y.set(i32(8))),
        when(op('i32.eqz', x), y.set(op('i32.mul', y.get, i32(2)))),
        y.get,
      )
    })
    expect([f(-3), f(0)]).toEqual([7, 16])
  })
})

describe('counting up', () => {
  it('runs as often as a loop of JavaScript', () => {
    const ends = fc.integer({ min: -50, max: 50 })
    fc.assert(
      fc.property(ends, ends, fc.integer({ min: 1, max: 9 }), (from, to, step) => {
        const f = ofInt32(({ local }, x) => {
          const [k, hash] = [local('i32'), local('i32')]
          const body = hash.set(op('i32.add', op('i32.mul', hash.get, i32(31)), k.get))
          return sequence(countUp(k, i32(from), x, step, body), hash.get)
        })
        let hash = 0
        for (let k = from; k < to; k += step) hash = (Math.imul(hash, 31) + k) | 0
        expect(f(to)).toBe(hash)
      }),
    )
  })
})

describe('functions', () => {
  it('call each other before they have a body, behind imported ones', () => {
    const module = moduleBuilder()
    const seen = module.importFunction('env', 'seen', { parameters: ['i32'], results: [] })
    const even = module.declare(toInt32)
    const odd = module.define(toInt32, ({ parameters: [x] }) => {
      const rest = x === undefined ? nothing : op('i32.sub', x.get, i32(1))
      return sequence(seen.call(x?.get ?? nothing), even.call(rest))
    })
    even.body(({ parameters: [x], local }) => {
      const result = local('i32')
      if (x === undefined) return nothing
      return sequence(
        when(x.get, result.set(odd.call(op('i32.sub', x.get, i32(1)))), result.set(i32(42))),
        result.get,
      )
    })
    module.export('even', even)
    const calls: number[] = []
    const exports = instance(module, { env: { seen: (x: number) => calls.push(x) } })
    expect(run(exports, 'even', 6)).toBe(42)
    expect(calls).toEqual([5, 3, 1])
  })

  it('that never get a body are an error', () => {
    const module = moduleBuilder()
    module.declare(toInt32)
    expect(() => module.assemble()).toThrow('a function of the module was declared but has no body')
  })

  it('are called by their position in a table', () => {
    const module = moduleBuilder()
    module.importTable('env', 'table', 4)
    const [add, multiply] = (['i32.add', 'i32.mul'] as const).map((name) =>
      module.define(toInt32, ({ parameters }) => op(name, ...parameters.map(({ get }) => get), i32(10))),
    )
    if (add === undefined || multiply === undefined) throw new Error('two functions were defined')
    module.elements(2, [add, multiply])
    const caller = module.define(
      { parameters: ['i32', 'i32'], results: ['i32'] },
      ({ parameters: [at, x] }) => module.callTable(toInt32, at?.get ?? nothing, x?.get ?? nothing),
    )
    module.export('call', caller)
    const table = new (engine().Table)({ element: 'anyfunc', initial: 4 })
    const exports = instance(module, { env: { table } })
    expect([run(exports, 'call', 2, 7), run(exports, 'call', 3, 7)]).toEqual([17, 70])
  })
})

describe('a module', () => {
  it('is valid with any of its sections left out', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (chosen) => {
        const module = moduleBuilder()
        const [memory, table, imported, global, defined, exported] = chosen
        if (memory === true) module.importMemory('env', 'memory', { minimum: 1, maximum: 300, shared: true })
        if (table === true) module.importTable('env', 'table', 1)
        if (imported === true) module.importFunction('env', 'f', toInt32)
        if (global === true) module.globalI32(-5)
        if (defined === true) {
          const f = module.define(toInt32, ({ parameters }) => sequence(...parameters.map(({ get }) => get)))
          if (exported === true) module.export('f', f)
          if (table === true) module.elements(0, [f])
        }
        expect(engine().validate(module.assemble())).toBe(true)
      }),
    )
  })

  it('keeps a global from one call to the next', () => {
    const module = moduleBuilder()
    const global = module.globalI32(-5)
    const f = module.define(toInt32, ({ parameters }) =>
      sequence(global.set(op('i32.add', global.get, ...parameters.map(({ get }) => get))), global.get),
    )
    module.export('f', f)
    const exports = instance(module)
    expect([run(exports, 'f', 3), run(exports, 'f', 300)]).toEqual([-2, 298])
  })

  it('copies and fills memory', () => {
    const module = moduleBuilder()
    module.importMemory('env', 'memory', { minimum: 1, maximum: 1, shared: false })
    const f = module.define({ parameters: [], results: [] }, () =>
      sequence(
        memoryFill(i32(2), i32(9), i32(3)),
        memoryCopy(i32(4), i32(0), i32(4)),
        access('i32.store8', 10, i32(0), i32(1)),
      ),
    )
    module.export('f', f)
    const memory: WasmMemory = new (engine().Memory)({ initial: 1, maximum: 1, shared: false })
    const bytes = new Uint8Array(memory.buffer)
    bytes.set([1, 2, 3, 4, 5, 6, 7, 8])
    run(instance(module, { env: { memory } }), 'f')
    expect([...bytes.subarray(0, 11)]).toEqual([1, 2, 9, 9, 1, 2, 9, 9, 0, 0, 1])
  })
})
