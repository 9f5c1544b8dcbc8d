import type { TypedArray } from '../tensor/dtype.ts'
import type { Program } from './program.ts'

/** Memory of a backend that outlives runs: an input, an output, a state that is carried from run to run. */
export interface Storage {
  readonly length: number
  /** Copies all elements in, converting to the dtype of the storage; the array is not kept. */
  readonly write: (values: TypedArray) => void
  /** A copy of all elements. */
  readonly read: () => TypedArray
  /** The element at a position, without an array for it; throws RangeError for one that is out of range. */
  readonly at: (position: number) => number
}

/** A program made ready to run many times. */
export interface Executable {
  /** The storage that holds each input; a carried one holds the new value after a run, if need be by another storage. */
  readonly inputs: readonly Storage[]
  /** The storage that holds each output after a run, until the next. */
  readonly outputs: readonly Storage[]
  /** Lets an input be held by a storage of this backend, of its dtype and length, that another executable uses as well. */
  readonly bind: (input: number, storage: Storage) => void
  /**
   * Computes all outputs from the inputs.
   *
   * @throws RangeError for an index that is out of range, with the sentence of the reference
   */
  readonly run: () => void
  /**
   * Frees at once, without waiting for a garbage collector, what only this executable uses: its code, its constants, the
   * memory of what lies between inputs and outputs, and those of its storages that were never bound to another one. It
   * must not be used afterwards. A backend whose memory is that of the engine has no need of it.
   */
  readonly release?: () => void
}

/** How programs are computed: the reference interpreter, WebAssembly, a machine's BLAS. */
export interface Backend {
  readonly name: string
  /** For people: `'wasm, 2 threads, relaxed SIMD'`. */
  readonly description: string
  /** The fastest backend that is there is that of the highest rank; the reference has 0, one that cannot compute here less. */
  readonly rank: number
  /** Makes a program ready to run; throws RangeError if there is no memory left for it. */
  readonly prepare: (program: Program) => Executable
}
