import type { BackendName, DataName, Options } from './arguments/options.ts'
import { defaults, type Hyperparameters } from './task/defaults.ts'

/** The options of a run, those left open filled in for its data set. */
export interface Settings extends Hyperparameters {
  readonly data: DataName
  readonly dir: string | undefined
  readonly spec: string | undefined
  readonly seed: number
  readonly backend: BackendName
  readonly out: string
}

/** Where reports go unless `--out` says otherwise, relative to the working folder. */
export const usualOut = 'out/two-layer-net'

/** The settings that some options ask for. */
export function settingsOf(options: Options): Settings {
  const {
    data = 'spirals',
    dir,
    spec,
    seed = 0,
    backend = 'auto',
    out = usualOut,
    'learning-rate': learningRate,
    ...others
  } = options
  return {
    ...defaults[data],
    ...others,
    ...(learningRate === undefined ? {} : { learningRate }),
    data,
    dir,
    spec,
    seed,
    backend,
    out,
  }
}

/** The settings by the names of their options, as they would be written to run the same again. */
export const shownSettings = (settings: Settings): readonly (readonly [option: string, value: string])[] => {
  const { data, dir, spec, hidden, learningRate, reg, epochs, batch, seed, optimizer, backend, out } =
    settings
  const net = spec === undefined ? (['--hidden', `${hidden}`] as const) : (['--spec', spec] as const)
  return [
    ['--data', data],
    ...(dir === undefined ? [] : [['--dir', dir] as const]),
    net,
    ['--optimizer', optimizer],
    ['--learning-rate', `${learningRate}`],
    ['--reg', `${reg}`],
    ['--epochs', `${epochs}`],
    ['--batch', `${batch}`],
    ['--seed', `${seed}`],
    ['--backend', backend],
    ['--out', out],
  ]
}
