import type { BackendChoice } from '@pullback/core'
import { compositionLaw } from './composition.ts'
import { derivativeLaw } from './derivative.ts'
import { emptinessLaw } from './emptiness.ts'
import { finitenessLaw } from './finiteness.ts'
import { gradientLaw } from '../gradient/gradientLaw.ts'
import { kinkLaw } from '../gradient/kinkLaw.ts'
import { interpretersLawBy } from './interpretersBy.ts'
import type { Law } from './law.ts'
import { linearityLaw } from './linearity.ts'
import { purityLaw } from './purity.ts'
import { rowsLaw, type Rows } from './rows.ts'
import { structureLaw } from './structure.ts'

/** All laws, in the order in which they are run; `backend` is compared with the reference. */
export const lawsOf = (rows?: Rows, backend: BackendChoice = 'auto'): readonly Law[] => [
  structureLaw,
  purityLaw,
  linearityLaw,
  gradientLaw,
  kinkLaw,
  finitenessLaw,
  emptinessLaw,
  rowsLaw(rows),
  compositionLaw,
  interpretersLawBy(backend),
  derivativeLaw,
]
