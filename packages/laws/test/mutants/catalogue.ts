import { activationMutants } from './activations.ts'
import { affineMutants } from './affine.ts'
import { clipMutants } from './clip.ts'
import { convolutionMutants } from './convolution.ts'
import { dropoutMutants } from './dropout.ts'
import { embeddingMutants } from './embedding.ts'
import { gateMutants } from './gate.ts'
import { impureMutants } from './impure.ts'
import { joinMutants } from './joins.ts'
import { l2Mutants } from './l2.ts'
import { lossMutants } from './losses.ts'
import type { Mutant } from './mutant.ts'
import { normalisationMutants } from './normalisation.ts'
import { objectiveMutants } from './objectives.ts'
import { pairMutants } from './pairs.ts'
import { reductionMutants } from './reductions.ts'
import { reluMutants } from './relu.ts'
import { residualMutants } from './residual.ts'
import { softmaxMutants } from './softmax.ts'
import { crossEntropyMutants } from './softmaxCrossEntropy.ts'

const named = (kind: string, mutants: readonly Mutant[]): readonly Mutant[] =>
  mutants.map((mutant) => ({ ...mutant, name: `${kind}: ${mutant.name}` }))

/** Wrong layers, as tired colleagues would hand them in. */
export const catalogue: readonly Mutant[] = [
  ...named('affine', affineMutants),
  ...named('relu', reluMutants),
  ...named('softmaxCrossEntropy', crossEntropyMutants),
  ...named('l2', l2Mutants),
  ...named('two-layer net', objectiveMutants),
  ...activationMutants,
  ...named('clip', clipMutants),
  ...normalisationMutants,
  ...reductionMutants,
  ...pairMutants,
  ...embeddingMutants,
  ...convolutionMutants,
  ...lossMutants,
  ...dropoutMutants,
  ...residualMutants,
  ...softmaxMutants,
  ...gateMutants,
  ...joinMutants,
  ...impureMutants,
]
