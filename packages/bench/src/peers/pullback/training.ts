import { toNumber, type AnyTensor, type TreeRecord } from '@pullback/core'
import type { Executable } from './backend.ts'

/** Steps taken one after the other by an executable of `stepOf`, each from the parameters that the last one gave. */
export interface Training {
  readonly step: (count: number) => Promise<void>
  readonly loss: () => number
  readonly params: () => TreeRecord
}

export function trainWith({ run }: Executable, start: TreeRecord, batch: TreeRecord): Training {
  let params = start
  let loss: AnyTensor | undefined
  return {
    async step(count) {
      for (let i = 0; i < count; i++) {
        const stepping = run({ params, batch })
        const stepped = stepping instanceof Promise ? await stepping : stepping
        params = stepped['params'] as TreeRecord
        loss = stepped['loss'] as AnyTensor
      }
    },
    loss: () => (loss === undefined ? Number.NaN : toNumber(loss)),
    params: () => params,
  }
}
