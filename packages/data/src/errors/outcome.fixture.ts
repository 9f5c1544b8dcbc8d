import * as E from '#fp/Either'
import type { TaskEither } from '#fp/TaskEither'
import type { DataError } from './dataError.ts'

/** What a task that must succeed gives. */
export async function succeeded<A>(task: TaskEither<DataError, A>): Promise<A> {
  const result = await task()
  if (E.isLeft(result)) throw new Error(`failed although it should not: ${result.left.message}`)
  return result.right
}

/** The error of a task that must fail. */
export async function failed(task: TaskEither<DataError, unknown>): Promise<DataError> {
  const result = await task()
  if (E.isRight(result)) throw new Error('succeeded although it should not')
  return result.left
}

/** The sentence of a task that must fail. */
export const sentence = async (task: TaskEither<DataError, unknown>): Promise<string> =>
  (await failed(task)).message
