import { describeLayerLaws } from '@pullback/laws'
import { batchCentre } from './batchCentre.ts'

describeLayerLaws('batchCentre', batchCentre(), { rows: 'coupled' })
