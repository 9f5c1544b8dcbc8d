import { relu, tensor } from '@pullback/core'
import type { Results } from './result.ts'

/** Results to write: two laws hold, one does not, with characters that need care. */
export const results: Results = {
  seed: 7,
  results: [
    { layer: 'a<b', law: 'structure', runs: 100, undecided: 0, seconds: 0.25 },
    { layer: 'a<b', law: 'gradient', runs: 100, undecided: 0.0125, seconds: 0.5 },
    {
      layer: 'clip',
      law: 'finiteness',
      runs: 3,
      undecided: 0,
      seconds: 0.125,
      failure: {
        sentence: 'the output is "not" finite',
        violation: {
          law: 'finiteness',
          sentence: 'the output is "not" finite',
          place: { tensor: 'output', index: [0] },
          analytic: Infinity,
          sample: {
            layer: relu(),
            params: {},
            input: tensor([1], 'float64'),
            dOutput: tensor([1], 'float64'),
            context: {},
            seed: 1,
          },
        },
        seed: 7,
        path: '2:0',
        token: 'clip/finiteness/7/2:0',
      },
    },
  ],
}
