import * as t from '#io'
import { addition } from '../layers/addition.ts'
import { affine } from '../layers/affine.ts'
import { concat } from '../layers/concat.ts'
import { identity } from '../layers/identity.ts'
import { l2 } from '../layers/l2.ts'
import { relu } from '../layers/relu.ts'
import { softmaxCrossEntropy } from '../layers/softmaxCrossEntropy.ts'
import { initializerCodec } from './initializerCodec.ts'
import { layerKind, type LayerKind } from './layerKind.ts'
import { nonNegativeNumber, positiveInteger } from './numbers.ts'

/** The kinds of layers of this library, for `registry(...coreKinds, ...others)`. */
export const coreKinds: readonly LayerKind[] = [
  layerKind({
    kind: 'addition',
    hyperparameters: t.exact(t.type({ names: t.array(t.string) })),
    build: ({ names }) => addition(...names),
  }),
  layerKind({
    kind: 'affine',
    hyperparameters: t.exact(
      t.intersection([
        t.type({ inputs: positiveInteger, outputs: positiveInteger }),
        t.partial({ initial: t.exact(t.partial({ W: initializerCodec, b: initializerCodec })) }),
      ]),
    ),
    build: ({ inputs, outputs, initial }) => affine(inputs, outputs, initial),
  }),
  layerKind({
    kind: 'concat',
    hyperparameters: t.exact(t.type({ inputs: t.array(t.tuple([t.string, positiveInteger])) })),
    build: ({ inputs }) => concat(...inputs),
  }),
  layerKind({ kind: 'identity', build: identity }),
  layerKind({
    kind: 'l2',
    hyperparameters: t.exact(t.type({ reg: nonNegativeNumber })),
    build: ({ reg }) => l2(reg),
  }),
  layerKind({ kind: 'relu', build: relu }),
  layerKind({
    kind: 'softmaxCrossEntropy',
    hyperparameters: t.exact(t.type({ classes: positiveInteger })),
    build: ({ classes }) => softmaxCrossEntropy(classes),
  }),
]
