import type { Law } from './law.ts'
import { purityLaw } from './purity.ts'
import { structureLaw } from './structure.ts'

/** What a layer promises of the examples of a batch: that they are independent, or only that they are in no order. */
export type Rows = 'rowwise' | 'coupled'

/** All laws, in the order in which they are run. */
export const lawsOf = (_rows?: Rows): readonly Law[] => [structureLaw, purityLaw]
