import type { Views } from '../engine/heap.ts'
import { control } from './control.ts'
import { workerFailed, workerStopped } from './stage.ts'

/** What the worker wrote whose chunk failed first. */
function reasonOf({ int32 }: Views): string {
  const length = int32[control.reasonLength / 4] ?? 0
  const characters = new Uint16Array(int32.buffer, control.reason, length)
  return String.fromCharCode(...characters)
}

const remedy = "the results of this step are not valid: run it again, or use the backend 'reference'"

/** The error of what `run` gave, or undefined if that is none of its failures. */
export function failureOf(status: number, views: Views): Error | undefined {
  if (status === workerFailed)
    return new Error(
      `a worker of the wasm backend failed in the middle of a step (${reasonOf(views)}); ${remedy}`,
    )
  if (status !== workerStopped) return undefined
  const seconds = (views.float64[control.limit / 8] ?? 0) / 1000
  return new Error(
    `a worker of the wasm backend stopped in the middle of a step: it has not finished its part within ${seconds} s; ` +
      'what this backend holds is not valid and it runs nothing any more: ' +
      "begin again with another wasm backend, or use the backend 'reference'",
  )
}
