export { lawNames, type Law, type LawName, type Outcome, type Place, type Violation } from './law/law.ts'
export type { Sample } from './sample/sample.ts'
