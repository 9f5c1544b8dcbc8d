/** Throws unless `count` is a whole number from `least` to `most`; `what` names what is counted. */
export function checkCount(what: string, count: number, least: number, most = Infinity): void {
  if (!Number.isSafeInteger(count) || count < least || count > most)
    throw new RangeError(
      `${what}: takes a whole number from ${least} ${most === Infinity ? 'on' : `to ${most}`}, not ${count}`,
    )
}
