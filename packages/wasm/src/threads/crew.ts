import type { Heap } from '../engine/heap.ts'
import type { WasmModule } from '../engine/webAssembly.ts'
import { control } from './control.ts'
import type { Message } from './message.ts'
import type { Spawn, SpawnedWorker } from './spawnWorker.ts'

/** The workers of a pool. */
export interface Crew {
  readonly send: (message: Message) => void
  /** How many are at work or on their way to it. */
  readonly size: () => number
  /** How many have loaded a program. */
  readonly loaded: (program: number) => number
  /** Why the first that is not there any more is not. */
  readonly trouble: () => string | undefined
  readonly stop: () => void
}

/** Starts so many workers, as far as possible. */
export function startCrew(heap: Heap, count: number, module: WasmModule, spawn: Spawn): Crew {
  const workers = new Map<number, SpawnedWorker>()
  // The control words stay where they are, in views of any age.
  const words = heap.views().int32
  let trouble: string | undefined

  /** A worker that is no more is not waited for, and does not count as a sleeper that is to be woken. */
  const strike = (thread: number, reason: string) => {
    if (!workers.delete(thread)) return
    trouble ??= reason
    Atomics.store(words, control.loaded / 4 + thread, -1)
    if (Atomics.exchange(words, control.asleep / 4 + thread, 0) === 1)
      Atomics.sub(words, control.sleepers / 4, 1)
  }

  const offer = (post: () => void) => {
    // Workers return to receive what is offered, so that what arrives earlier would be overlooked.
    Atomics.add(words, control.offered / 4, 1)
    post()
    Atomics.add(words, control.wake / 4, 1)
    Atomics.notify(words, control.wake / 4)
  }

  offer(() => {
    for (let thread = 1; thread <= count; thread++)
      try {
        const worker = spawn((reason) => {
          strike(thread, reason)
        })
        workers.set(thread, worker)
        worker.send({ kind: 'begin', thread, memory: heap.memory, module, control })
      } catch (error) {
        trouble ??= error instanceof Error ? error.message : String(error)
        strike(thread, trouble)
      }
  })

  return {
    send(message) {
      offer(() => {
        for (const worker of workers.values()) worker.send(message)
      })
    },
    size: () => workers.size,
    loaded: (program) =>
      [...workers.keys()].filter((thread) => Atomics.load(words, control.loaded / 4 + thread) >= program)
        .length,
    trouble: () => trouble,
    stop() {
      // Until they are gone, nobody may give them a chunk that they would not finish.
      Atomics.store(words, control.alone / 4, 1)
      for (const [thread, worker] of workers) {
        worker.stop()
        strike(thread, 'it was stopped')
      }
    },
  }
}
