/** What the engine can do beyond plain WebAssembly with SIMD, which is needed in any case. */
export interface Features {
  /** Fused multiply-add of vectors, rounded once. */
  readonly relaxed: boolean
}
