import { backendOf, type Backend, type Executable, type Program, type Storage } from '@pullback/core'
import { elementCount } from '../tensor/shape.ts'

/**
 * The reference as a backend whose memory has room for so many elements of inputs and outputs, and which tells how many
 * it holds, which sizes were written, and how many programs there are that were not released.
 */
export function smallMemory(limit: number) {
  const reference = backendOf('reference')
  const memory = { used: 0, programs: 0, prepared: 0, written: [] as number[] }
  const shared = new WeakSet<Storage>()

  const counted = (storage: Storage): Storage =>
    Object.assign(storage, {
      write: ((write) => (values: Parameters<Storage['write']>[0]) => {
        memory.written.push(values.length)
        write(values)
      })(storage.write),
    })

  function prepare(program: Program): Executable {
    const sizes = [...program.inputs, ...program.outputs.map(({ tensor }) => tensor)].map(({ shape }) =>
      elementCount(shape),
    )
    const needed = sizes.reduce((total, size) => total + size, 0)
    if (memory.used + needed > limit) throw new RangeError(`there is no room for ${needed} elements`)
    const executable = reference.prepare(program)
    executable.inputs.forEach(counted)
    const own = new Set([...executable.inputs, ...executable.outputs])
    memory.used += needed
    memory.programs += 1
    memory.prepared += 1
    const free = (storage: Storage | undefined) => {
      if (storage !== undefined && own.has(storage) && !shared.has(storage)) {
        own.delete(storage)
        memory.used -= storage.length
      }
    }
    let released = false
    return {
      ...executable,
      bind(input, storage) {
        if (released) throw new Error('a released program is bound')
        const displaced = executable.inputs[input]
        executable.bind(input, storage)
        if (!own.has(storage)) shared.add(storage)
        free(displaced)
      },
      run() {
        if (released) throw new Error('a released program is run')
        executable.run()
      },
      release() {
        if (released) throw new Error('a program is released twice')
        released = true
        memory.programs -= 1
        for (const storage of own) free(storage)
      },
    }
  }
  const backend: Backend = { name: 'small', description: 'small memory', rank: -1, prepare }
  return { backend, memory }
}
