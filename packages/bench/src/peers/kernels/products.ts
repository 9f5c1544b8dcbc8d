type Floats = Float32Array | Float64Array

/** out[n,m] = bias[m] + a[n,k] b[k,m], row by row, four rows of b at a time. */
export function affineInto(out: Floats, a: Floats, b: Floats, bias: Floats, n: number, k: number, m: number) {
  const whole = k - (k % 4)
  for (let i = 0; i < n; i++) {
    const row = i * m
    for (let j = 0; j < m; j++) out[row + j] = bias[j]!
    for (let l = 0; l < whole; l += 4) {
      const from = i * k + l
      const a0 = a[from]!
      const a1 = a[from + 1]!
      const a2 = a[from + 2]!
      const a3 = a[from + 3]!
      const b0 = l * m
      const b1 = b0 + m
      const b2 = b1 + m
      const b3 = b2 + m
      for (let j = 0; j < m; j++)
        out[row + j]! += a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!
    }
    for (let l = whole; l < k; l++) {
      const value = a[i * k + l]!
      for (let j = 0; j < m; j++) out[row + j]! += value * b[l * m + j]!
    }
  }
}

/** out[k,m] = factor w[k,m] + a[n,k]^T b[n,m], four rows of a and b at a time. */
export function gradientInto(
  out: Floats,
  a: Floats,
  b: Floats,
  w: Floats,
  factor: number,
  n: number,
  k: number,
  m: number,
) {
  for (let i = 0; i < k * m; i++) out[i] = factor * w[i]!
  const whole = n - (n % 4)
  for (let i = 0; i < whole; i += 4) {
    const b0 = i * m
    const b1 = b0 + m
    const b2 = b1 + m
    const b3 = b2 + m
    for (let l = 0; l < k; l++) {
      const from = i * k + l
      const a0 = a[from]!
      const a1 = a[from + k]!
      const a2 = a[from + 2 * k]!
      const a3 = a[from + 3 * k]!
      const row = l * m
      for (let j = 0; j < m; j++)
        out[row + j]! += a0 * b[b0 + j]! + a1 * b[b1 + j]! + a2 * b[b2 + j]! + a3 * b[b3 + j]!
    }
  }
  for (let i = whole; i < n; i++)
    for (let l = 0; l < k; l++) {
      const value = a[i * k + l]!
      const row = l * m
      for (let j = 0; j < m; j++) out[row + j]! += value * b[i * m + j]!
    }
}

/** out[n,k] = a[n,m] b[k,m]^T where `gate` is positive, and 0 elsewhere. */
export function gatedInto(out: Floats, a: Floats, b: Floats, gate: Floats, n: number, k: number, m: number) {
  for (let i = 0; i < n; i++)
    for (let l = 0; l < k; l++) {
      let total = 0
      if (gate[i * k + l]! > 0) for (let j = 0; j < m; j++) total += a[i * m + j]! * b[l * m + j]!
      out[i * k + l] = total
    }
}
