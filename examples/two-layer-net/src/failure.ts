import * as E from '#fp/Either'

/** Why the program cannot do what it was asked to: one sentence, and the exit code that goes with it. */
export interface Failure {
  readonly message: string
  /** 2 where the command line or a file is wrong, 1 where the run itself failed. */
  readonly code: 1 | 2
}

/** The failure of a command line or file, found before anything is trained or written. */
export const refuse = (message: string): E.Either<Failure, never> => E.left({ message, code: 2 })

/** The failure of a run. */
export const fail = (message: string): E.Either<Failure, never> => E.left({ message, code: 1 })
