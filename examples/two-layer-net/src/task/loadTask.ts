import {
  fashionMnistClassNames,
  readCifar10,
  readDigits,
  readMnist,
  type DataError,
  type TrainAndTest,
} from '@pullback/data'
import { resolve } from 'node:path'
import * as E from '#fp/Either'
import type * as TE from '#fp/TaskEither'
import type { DataName } from '../arguments/options.ts'
import { refuse, type Failure } from '../failure.ts'
import { csvTask } from './csvTask.ts'
import { folderOf } from './folder.ts'
import { moonsTask, spiralsTask } from './generated.ts'
import { prepare, type Preparation } from './prepare.ts'
import type { Task } from './task.ts'

/** Which data are wanted, and where they are. */
export interface Wanted {
  readonly data: DataName
  readonly dir: string | undefined
  readonly seed: number
  readonly cwd: string
}

type Published = Exclude<DataName, 'spirals' | 'moons' | 'csv'>

const readers: { readonly [K in Published]: (folder: string) => TE.TaskEither<DataError, TrainAndTest> } = {
  digits: (folder) => readDigits(folder),
  mnist: (folder) => readMnist(folder),
  'fashion-mnist': (folder) => readMnist(folder, { classNames: fashionMnistClassNames }),
  cifar10: (folder) => readCifar10(folder),
}

const pixels = { scaling: 'none', before: 'pixels from 0 to 1' } as const

const preparations: { readonly [K in Published]: Omit<Preparation, 'seed'> } = {
  digits: { title: 'digits', held: 0.1, ...pixels },
  mnist: { title: 'MNIST', held: 1 / 12, ...pixels, scaling: 'centred' },
  'fashion-mnist': { title: 'Fashion-MNIST', held: 0.1, ...pixels },
  cifar10: { title: 'CIFAR-10', held: 0.1, ...pixels, scaling: 'standardised' },
}

/** The task that is asked for; or one sentence about what is missing or wrong. */
export async function loadTask({ data, dir, seed, cwd }: Wanted): Promise<E.Either<Failure, Task>> {
  if (data === 'spirals') return E.right(spiralsTask(seed))
  if (data === 'moons') return E.right(moonsTask(seed))
  if (data === 'csv') return csvTask(resolve(cwd, dir ?? '.'), seed)
  const folder = folderOf(data, dir, cwd)
  if (E.isLeft(folder)) return folder
  const read = await readers[data](folder.right)()
  if (E.isLeft(read)) return refuse(read.left.message)
  const { train, test } = read.right
  if (train.size < 10 || test.size === 0)
    return refuse(
      `${folder.right} has ${train.size} training and ${test.size} test examples, which are too few`,
    )
  return E.right(prepare({ train, test }, { ...preparations[data], seed }))
}
