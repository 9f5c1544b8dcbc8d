/** Throws unless every number is positive and finite; `what` names the schedule. */
export function checkPositiveFinite(what: string, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers))
    if (!(value > 0 && Number.isFinite(value)))
      throw new RangeError(`${what}: ${name} is ${value}, which is not a positive number`)
}
