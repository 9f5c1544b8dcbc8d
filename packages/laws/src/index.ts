export { configurationOf, type Configuration, type Configured } from './arbitrary/configuration.ts'
export { sampleArbitrary } from './arbitrary/sampleArbitrary.ts'
export { lawNames, type Law, type LawName, type Outcome, type Place, type Violation } from './law/law.ts'
export type { Rows } from './law/rows.ts'
export { purityLaw } from './law/purity.ts'
export { structureLaw } from './law/structure.ts'
export type { Sample } from './sample/sample.ts'
export { layerLaws, type LawOptions, type LayerLaw } from './suite/layerLaws.ts'
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
export { numericGradient, type NumericGradient } from './numeric/numericGradient.ts'
export { explain } from './report/explain.ts'
export { hintFor } from './report/hints/hintFor.ts'
export { report, type ReportOptions } from './report/report.ts'
export { shrinkViolation, type ShrinkOptions } from './report/shrink.ts'
