import { describeLayerLaws } from '@pullback/laws'
import * as fc from 'fast-check'
import { scaleShift } from './scaleShift.ts'

describeLayerLaws('scaleShift', fc.integer({ min: 1, max: 4 }).map(scaleShift), { rows: 'rowwise' })
