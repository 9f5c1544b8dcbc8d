import { evaluate, fold, ones, seed as keyOf } from '@pullback/core'
import { fitStandardisation, split, standardise, type Dataset, type Standardisation } from '@pullback/data'
import type { Task } from './task.ts'

/** How the published parts of a data set become a task. */
export interface Preparation {
  readonly title: string
  readonly seed: number
  /** The share of the training part that is set aside for validation. */
  readonly held: number
  /** Whether every feature is brought to mean 0 (`'centred'`), and to standard deviation 1 as well (`'standardised'`). */
  readonly scaling: 'none' | 'centred' | 'standardised'
  /** What was done to the features before, in a few words. */
  readonly before: string
}

const rounded = (share: number): string => `${Math.round(share * 100)} %`

/** What features are scaled by, fitted on the training part. */
function scaleOf(scaling: Preparation['scaling'], train: Dataset): Standardisation | undefined {
  if (scaling === 'none') return undefined
  const { mean, std } = fitStandardisation(train)
  return { mean, std: scaling === 'centred' ? evaluate(ones(std.shape)) : std }
}

/**
 * A task of the published parts of a data set: validation examples are drawn from the training part, and what features
 * are standardised by is fitted on the rest of it, so that neither validation nor test examples are seen.
 */
export function prepare(
  published: { readonly train: Dataset; readonly test: Dataset | undefined },
  { title, seed, held, scaling, before }: Preparation,
): Task {
  const shares = { train: 1 - held, validation: held }
  const parts = split(published.train, shares, fold(keyOf(seed), 'split'), { stratified: true })
  const scale = scaleOf(scaling, parts.train)
  const ready = (data: Dataset): Dataset => (scale === undefined ? data : standardise(data, scale))
  const scaled = scaling === 'none' ? '' : `, each then ${scaling}`
  return {
    title,
    train: ready(parts.train),
    validation: ready(parts.validation),
    test: published.test && ready(published.test),
    preparation: `${before}${scaled}; ${rounded(held)} of the training part held out for validation`,
    standardised: scaling === 'standardised',
  }
}
