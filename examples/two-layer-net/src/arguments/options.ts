import * as t from '#io'
import { numberFromZero, oneOf, path, positiveNumber, wholeNumber } from './values.ts'

/** The data sets that the program knows. */
export const dataNames = ['spirals', 'moons', 'digits', 'mnist', 'fashion-mnist', 'cifar10', 'csv'] as const

export type DataName = (typeof dataNames)[number]

/** The optimizers that the program knows. */
export const optimizerNames = ['sgd', 'momentum', 'nesterov'] as const

export type OptimizerName = (typeof optimizerNames)[number]

/** The backends that the program knows. */
export const backendNames = ['auto', 'reference', 'wasm', 'blas'] as const

export type BackendName = (typeof backendNames)[number]

/** What each option takes; what it is for is said in help.ts. */
export const optionsCodec = t.exact(
  t.partial({
    data: oneOf(dataNames),
    dir: path('folder'),
    spec: path('file'),
    hidden: wholeNumber(1, 10_000),
    'learning-rate': positiveNumber(1e10),
    reg: numberFromZero(1000),
    epochs: wholeNumber(1, 100_000),
    batch: wholeNumber(1, 100_000),
    seed: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    optimizer: oneOf(optimizerNames),
    backend: oneOf(backendNames),
    out: path('folder'),
  }),
)

/** The options that were given, decoded. */
export type Options = t.TypeOf<typeof optionsCodec>

export type OptionName = keyof Options

export const optionNames = Object.keys(optionsCodec.type.props) as readonly OptionName[]
