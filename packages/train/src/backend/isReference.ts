import type { Backend } from '@pullback/core'

/** Whether a backend is the reference interpreter, which evaluates expressions as they are. */
export const isReference = ({ name }: Backend): boolean => name === 'reference'
