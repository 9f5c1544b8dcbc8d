import type { Contender } from './peer.ts'
import { entries, type Entry } from './pullback/entries.ts'

export type Family = 'Pullback' | 'JavaScript' | 'Python' | 'floor'

/** A row of the table: who, on how many threads, and what to run in a process of its own. */
export interface Peer {
  readonly name: string
  readonly threads: number
  readonly family: Family
  /** The contender's module, loaded by its own process only; or the program of a Python process. */
  readonly runs: (() => Promise<Contender>) | { readonly python: string; readonly environment?: Environment }
  /** Whether the first step compiles the ones after it. */
  readonly compiles?: boolean
  /** Whether it computes no loss that could be verified. */
  readonly lossless?: boolean
  /** What a reader should know about it. */
  readonly remark?: string
}

export type Environment = Readonly<Record<string, string>>

const javascript = (name: string, runs: () => Promise<Contender>, more: Partial<Peer> = {}): Peer => ({
  name,
  threads: 1,
  family: 'JavaScript',
  runs,
  ...more,
})

/** A Python program on one thread and on two. */
const python = (name: string, program: string, more: Partial<Peer> = {}): readonly Peer[] =>
  [1, 2].map((threads) => ({ name, threads, family: 'Python', runs: { python: program }, ...more }))

/** With a thread spinning for its next piece of work, two threads of PyTorch are slower than one. */
const passive = { environment: { OMP_WAIT_POLICY: 'passive' } }

const torch = (name: string, program: string): readonly Peer[] =>
  python(name, program, { runs: { python: program, ...passive } })

const jax = (threads: number): Peer =>
  javascript('jax-js, jitted', async () => (await import('./jax.ts')).jax(threads), {
    threads,
    compiles: true,
  })

const tensorflow = (backend: 'cpu' | 'wasm'): Peer =>
  javascript(`TensorFlow.js ${backend}`, async () => (await import('./tensorflow.ts')).tensorflow(backend))

const own = ({ backend, ...entry }: Entry): Peer => ({
  family: 'Pullback',
  runs: async () => (await import('./pullback/contender.ts')).pullback(backend, entry.threads),
  ...entry,
})

/** Everybody, in the order of the table. */
export const catalog: readonly Peer[] = [
  ...entries.map(own),
  javascript('plain loops', async () => (await import('./plainLoops.ts')).plainLoops),
  jax(1),
  jax(2),
  tensorflow('cpu'),
  tensorflow('wasm'),
  javascript('ml-matrix', async () => (await import('./mlMatrix.ts')).mlMatrix, { remark: 'float64' }),
  javascript('convnetjs', async () => (await import('./convnet.ts')).convnet, {
    remark: 'float64, one example at a time',
  }),
  ...python('NumPy', 'numpy_step'),
  ...torch('PyTorch autograd', 'torch_autograd'),
  ...torch('PyTorch by hand', 'torch_by_hand'),
  ...python('products alone', 'products', {
    family: 'floor',
    lossless: true,
    remark: "the step's five matrix products by NumPy's BLAS, and nothing else",
  }),
]
