import type { Kernel, Loop, View } from '../plan.ts'

/** The buffers that a kernel reads, and those that it writes. */
export interface Touches {
  readonly reads: readonly number[]
  readonly writes: readonly number[]
}

const bufferOf = ({ buffer }: View): number => buffer

const ofLoop = ({ loads, stores, reductions }: Loop): Touches => ({
  reads: loads.map(bufferOf),
  writes: [...stores, ...reductions].map(({ view }) => view.buffer),
})

/** The buffers that a kernel reads and writes; the result of a matrix product, which its epilogue reads, is written only. */
export function touches(kernel: Kernel): Touches {
  switch (kernel.kind) {
    case 'loop':
      return ofLoop(kernel)
    case 'matmul': {
      const { a, b, out, epilogue } = kernel
      const { reads, writes } = epilogue === undefined ? { reads: [], writes: [] } : ofLoop(epilogue)
      return {
        reads: [a.buffer, b.buffer, ...reads.filter((buffer) => buffer !== out)],
        writes: [out, ...writes],
      }
    }
    case 'gather':
    case 'scatterAdd':
      return { reads: [kernel.source, kernel.indices], writes: [kernel.out] }
    case 'check':
      return { reads: [kernel.indices], writes: [] }
    case 'random':
      return { reads: [kernel.key, kernel.stream], writes: [kernel.out] }
  }
}
