export { configurationOf, type Configuration, type Configured } from './arbitrary/configuration.ts'
export { configurations } from './arbitrary/configurations.ts'
export { cotangentArbitrary } from './arbitrary/cotangentArbitrary.ts'
export { keyArbitrary } from './arbitrary/keyArbitrary.ts'
export { labelsArbitrary } from './arbitrary/labelsArbitrary.ts'
export { netArbitrary, type NetOptions } from './arbitrary/netArbitrary.ts'
export { extremeSampleArbitrary, sampleArbitrary } from './arbitrary/sampleArbitrary.ts'
export { shapeArbitrary } from './arbitrary/shapeArbitrary.ts'
export { tensorArbitrary, type TensorOptions } from './arbitrary/tensorArbitrary.ts'
export { backendLawNames, backendLaws, type BackendLawOptions } from './backend/backendLaws.ts'
export { describeBackendLaws, type DescribeBackendOptions } from './backend/describeBackendLaws.ts'
export type { BackendLaw, BackendLawName } from './backend/law.ts'
export { lawNames, type Law, type LawName, type Outcome, type Place, type Violation } from './law/law.ts'
export { compositionLaw } from './law/composition.ts'
export { derivativeLaw } from './law/derivative.ts'
export { emptinessLaw } from './law/emptiness.ts'
export { finitenessLaw } from './law/finiteness.ts'
export { interpretersLaw } from './law/interpreters.ts'
export { linearityLaw } from './law/linearity.ts'
export { purityLaw } from './law/purity.ts'
export { rowsLaw, type Rows } from './law/rows.ts'
export { structureLaw } from './law/structure.ts'
export { cotangents, type Cotangent } from './sample/cotangent.ts'
export { regimes, type Regime } from './sample/regime.ts'
export type { Sample } from './sample/sample.ts'
export {
  coverage,
  type Coverage,
  type CoverageOptions,
  type Side,
  type UncoveredBranch,
} from './suite/coverage.ts'
export { describeLayerLaws, type DescribeOptions } from './suite/describeLayerLaws.ts'
export { layerLaws, type LawOptions, type LayerLaw } from './suite/layerLaws.ts'
export { netLaws, type NetLawOptions } from './suite/netLaws.ts'
export { objectiveLaws, type CompositeLaw } from './suite/objectiveLaws.ts'
export {
  optimizerLaws,
  type OptimizerLaw,
  type OptimizerLike,
  type Quadratic,
} from './suite/optimizerLaws.ts'
export {
  checkGradient,
  type CheckedEntry,
  type CheckedTensor,
  type GradientCheck,
  type GradientCheckOptions,
  type GradientVerdict,
} from './gradient/checkGradient.ts'
export { gradientLaw } from './gradient/gradientLaw.ts'
export { kinkLaw } from './gradient/kinkLaw.ts'
export {
  numericGradient,
  type NumericGradient,
  type NumericGradientOptions,
} from './numeric/numericGradient.ts'
export { explain } from './report/explain.ts'
export { hintFor } from './report/hints/hintFor.ts'
export { report, type ReportOptions } from './report/report.ts'
export { shrinkViolation, type ShrinkOptions } from './report/shrink.ts'
