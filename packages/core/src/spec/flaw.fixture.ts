import { isLeft } from '#fp/Either'
import { coreKinds } from './coreKinds.ts'
import { fromSpec } from './fromSpec.ts'
import { registry } from './registry.ts'
import { toSpec } from './toSpec.ts'

const read = fromSpec(registry(...coreKinds))

const patience = 2000

/**
 * What is wrong with how data of which nothing is known are read: they should give, soon, an error of one short
 * sentence, or a net that has a spec again.
 */
export function flawOf(json: unknown): string | undefined {
  const began = performance.now()
  const result = read(json)
  const took = performance.now() - began
  if (took > patience) return `took ${took} ms`
  if (isLeft(result)) {
    const { path, message } = result.left
    if (message.length > 1200 || path.length > 600) return `is told in ${message.length} characters`
    return /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(message) ? undefined : 'is not told in one line'
  }
  const spec = toSpec(result.right)
  const again = read(spec)
  if (isLeft(again)) return `is read but not read again: ${again.left.message}`
  const difference = JSON.stringify(toSpec(again.right)) !== JSON.stringify(spec)
  return difference ? `is read as another net: ${JSON.stringify(spec)}` : undefined
}

/** The sentence with which data are refused, or what is wrong with how they are read. */
export function refusal(json: unknown): string {
  const flaw = flawOf(json)
  if (flaw !== undefined) return flaw
  const result = read(json)
  return isLeft(result) ? result.left.message : 'was read'
}
