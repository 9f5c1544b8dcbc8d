import type { Kernel, Loop } from '@pullback/core'

const readsOfLoop = ({ loads }: Loop): readonly number[] => loads.map(({ buffer }) => buffer)

/** The buffers that a kernel reads, but what an epilogue reads of its own product. */
export function readsOf(kernel: Kernel): readonly number[] {
  switch (kernel.kind) {
    case 'loop':
      return readsOfLoop(kernel)
    case 'matmul': {
      const { a, b, out, epilogue } = kernel
      const finished = epilogue === undefined ? [] : readsOfLoop(epilogue).filter((buffer) => buffer !== out)
      return [a.buffer, b.buffer, ...finished]
    }
    case 'gather':
    case 'scatterAdd':
      return [kernel.source, kernel.indices]
    case 'check':
      return [kernel.indices]
    case 'random':
      return [kernel.key, kernel.stream]
  }
}
