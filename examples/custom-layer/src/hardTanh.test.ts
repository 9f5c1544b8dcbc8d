import { describeLayerLaws } from '@pullback/laws'
import { hardTanh } from './hardTanh.ts'

describeLayerLaws('hardTanh', hardTanh())
