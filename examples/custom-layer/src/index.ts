export { batchCentre } from './batchCentre.ts'
export { hardTanh } from './hardTanh.ts'
export { scaleShift } from './scaleShift.ts'
