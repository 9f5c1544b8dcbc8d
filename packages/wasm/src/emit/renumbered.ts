import type { Dtype, Kernel, Loop, Matmul } from '@pullback/core'

type Renumber = (buffer: number) => number

function renumberedLoop(loop: Loop, number: Renumber): Loop {
  const renumber = <T extends { readonly buffer: number }>(view: T): T => ({
    ...view,
    buffer: number(view.buffer),
  })
  return {
    ...loop,
    loads: loop.loads.map(renumber),
    stores: loop.stores.map(({ value, view }) => ({ value, view: renumber(view) })),
    reductions: loop.reductions.map((reduction) => ({ ...reduction, view: renumber(reduction.view) })),
  }
}

/** A kernel whose buffers are numbered in the order in which it names them, so that kernels alike are equal. */
export interface Renumbered<K extends Kernel> {
  readonly kernel: K
  /** The buffers of the plan by their new numbers. */
  readonly buffers: readonly number[]
}

function numbering() {
  const numbers = new Map<number, number>()
  const number = (buffer: number): number => {
    const next = numbers.get(buffer) ?? numbers.size
    numbers.set(buffer, next)
    return next
  }
  return { number, buffers: () => [...numbers.keys()] }
}

export function renumbered(kernel: Loop | Matmul): Renumbered<Loop | Matmul> {
  const { number, buffers } = numbering()
  if (kernel.kind === 'loop') return { kernel: renumberedLoop(kernel, number), buffers: buffers() }
  const { a, b, out, epilogue } = kernel
  const again: Matmul = {
    ...kernel,
    a: { ...a, buffer: number(a.buffer) },
    b: { ...b, buffer: number(b.buffer) },
    out: number(out),
    epilogue: epilogue && renumberedLoop(epilogue, number),
  }
  return { kernel: again, buffers: buffers() }
}

/** JSON has one word for NaN and both infinities, and one for both zeros. */
const apart = (_: string, value: unknown): unknown =>
  typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? { number: Object.is(value, -0) ? '-0' : String(value) }
    : value

/** A text that only kernels share that are equal, to the bits of their constants, on buffers of the same dtypes. */
export const kernelKey = (kernel: Loop | Matmul, dtypes: readonly Dtype[]): string =>
  JSON.stringify([kernel, dtypes], apart)
