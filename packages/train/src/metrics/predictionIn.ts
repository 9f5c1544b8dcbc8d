import { lookupAny, type AnyTensor, type Tree } from '@pullback/core'

/** The prediction, the output of the net, which an objective keeps in its cache. */
export const predictionIn = (cache: Tree): AnyTensor => lookupAny(cache, 'prediction')
