import { compositionLaw } from './composition.ts'
import { derivativeLaw } from './derivative.ts'
import { emptinessLaw } from './emptiness.ts'
import { finitenessLaw } from './finiteness.ts'
import { gradientLaw } from '../gradient/gradientLaw.ts'
import { kinkLaw } from '../gradient/kinkLaw.ts'
import { interpretersLaw } from './interpreters.ts'
import type { Law } from './law.ts'
import { linearityLaw } from './linearity.ts'
import { purityLaw } from './purity.ts'
import { rowsLaw, type Rows } from './rows.ts'
import { structureLaw } from './structure.ts'

/** All laws, in the order in which they are run. */
export const lawsOf = (rows?: Rows): readonly Law[] => [
  structureLaw,
  purityLaw,
  linearityLaw,
  gradientLaw,
  kinkLaw,
  finitenessLaw,
  emptinessLaw,
  rowsLaw(rows),
  compositionLaw,
  interpretersLaw,
  derivativeLaw,
]
