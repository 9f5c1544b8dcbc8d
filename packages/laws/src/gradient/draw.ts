/**
 * Numbers of either sign from 1/2 to 3/2 in steps of 2^-10, a function of the seed, the stream and the position: far
 * enough from zero that every entry counts, and few enough bits that a step along them rounds little.
 */
export function drawn(seed: number, stream: number, count: number): Float64Array {
  const key = mixed(seed ^ Math.imul(stream + 1, 0x9e3779b1))
  return Float64Array.from({ length: count }, (_, position) => {
    const bits = mixed(key + Math.imul(position + 1, 0x85ebca6b))
    const size = 0.5 + ((bits >>> 1) & 1023) / 1024
    return bits & 1 ? size : -size
  })
}

// The finalizer of MurmurHash3.
function mixed(word: number): number {
  let bits = word | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
