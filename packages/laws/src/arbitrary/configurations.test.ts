import { describe } from 'vitest'
import { configurations, describeLayerLaws } from '../index.ts'

describe('the layers of core obey every law in every configuration', () => {
  for (const [kind, layers] of Object.entries(configurations))
    describeLayerLaws(kind, layers, { parameters: { numRuns: 8 }, rows: 'coupled' })
})
