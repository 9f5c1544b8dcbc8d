/** A stream of numbers for drawing values: a function of a seed and a name alone. */
export interface Random {
  /** From 0 (included) to 1 (excluded), a multiple of 2^-32. */
  readonly uniform: () => number
  /** Of the standard normal distribution. */
  readonly normal: () => number
  /** An integer from 0 to `count` (excluded). */
  readonly below: (count: number) => number
}

const hash = (text: string, seed: number): number => {
  let state = (seed ^ 0x811c9dc5) | 0
  for (let position = 0; position < text.length; position++)
    state = Math.imul(state ^ text.charCodeAt(position), 0x01000193)
  return state
}

/**
 * The numbers of a seed and a name, in plain arithmetic: a sample draws a few dozen, for which building and evaluating
 * an expression would take most of the time of a law.
 *
 * Source: the generator is SplitMix32, the normal numbers are those of Box and Muller.
 */
export function randomFrom(seed: number, name: string): Random {
  let state = hash(name, Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d)) ^ Math.floor(seed / 2 ** 32)
  const uniform = (): number => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    below: (count) => Math.floor(uniform() * count),
  }
}
