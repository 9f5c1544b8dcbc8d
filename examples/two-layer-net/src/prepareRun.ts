import type { Objective } from '@pullback/core'
import { resolve } from 'node:path'
import * as E from '#fp/Either'
import { chosenBackend, type Chosen } from './chosenBackend.ts'
import { refuse, type Failure } from './failure.ts'
import { classifier } from './net/classifier.ts'
import { specNet } from './net/specNet.ts'
import { twoLayerNet } from './net/twoLayerNet.ts'
import { checkOut } from './outFolder.ts'
import type { Settings } from './settings.ts'
import { loadTask } from './task/loadTask.ts'
import { featureCount, type Task } from './task/task.ts'

/** All that a run needs, read and checked. */
export interface Prepared {
  readonly task: Task
  readonly objective: Objective
  readonly computing: Chosen
  /** The folder of the report. */
  readonly out: string
}

const asFailure = <A>(result: E.Either<string, A>): E.Either<Failure, A> =>
  E.isLeft(result) ? refuse(result.left) : result

/** Reads the data and builds the net with its loss, whose sizes come from the data; or says what is wrong. */
export async function prepareRun(settings: Settings, cwd: string): Promise<E.Either<Failure, Prepared>> {
  const out = resolve(cwd, settings.out)
  const checked = await checkOut(out)
  if (E.isLeft(checked)) return checked
  const computing = await chosenBackend(settings.backend)
  if (E.isLeft(computing)) return computing
  const task = await loadTask({ ...settings, cwd })
  if (E.isLeft(task)) return task
  const sizes = { D: featureCount(task.right), H: settings.hidden, C: task.right.train.classes }
  const net =
    settings.spec === undefined
      ? asFailure(twoLayerNet(sizes))
      : await specNet(resolve(cwd, settings.spec), sizes.D, sizes.C)
  if (E.isLeft(net)) return net
  const objective = classifier(net.right, sizes.C, settings.reg)
  return E.isLeft(objective)
    ? refuse(objective.left)
    : E.right({ task: task.right, objective: objective.right, computing: computing.right, out })
}
