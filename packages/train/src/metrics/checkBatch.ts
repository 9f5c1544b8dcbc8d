/** Throws unless `batch` is a number of examples; `what` names the function it was given to. */
export function checkBatch(what: string, batch: number): void {
  if (!Number.isSafeInteger(batch) || batch < 1)
    throw new RangeError(`${what}: batch is ${batch}, which is not a positive integer`)
}
