import type { TypedArray } from '../../tensor/dtype.ts'

/** Where a loop reads an operand: from a position on, in steps of 1 or 0. */
export interface Source {
  readonly data: TypedArray
  readonly from: number
  readonly step: number
}

/** Writes `n` results from `k` on: `yes` where `choose` is not 0, `no` elsewhere. */
export function whereLoop(
  out: TypedArray,
  k: number,
  n: number,
  choose: Source,
  yes: Source,
  no: Source,
): void {
  const { data: conditions, step: conditionStep } = choose
  const { data: a, step: aStep } = yes
  const { data: b, step: bStep } = no
  let c = choose.from
  let i = yes.from
  let j = no.from
  for (const end = k + n; k < end; k++, c += conditionStep, i += aStep, j += bStep)
    out[k] = conditions[c]! === 0 ? b[j]! : a[i]!
}
