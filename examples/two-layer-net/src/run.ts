import { showSummary, summary } from '@pullback/core'
import { evaluateMetrics } from '@pullback/train'
import * as E from '#fp/Either'
import { relative } from 'node:path'
import { help } from './arguments/help.ts'
import { parseArguments } from './arguments/parseArguments.ts'
import type { Failure } from './failure.ts'
import { checkGradient } from './gradient/checkGradient.ts'
import { gradientSentence } from './gradient/gradientSentence.ts'
import { optimizerFor } from './net/optimizerFor.ts'
import { grouped } from './numbers/grouped.ts'
import { percent } from './numbers/percent.ts'
import { prepareRun, type Prepared } from './prepareRun.ts'
import { progress } from './progress/progress.ts'
import type { Measured } from './report/findings.ts'
import { settingsOf, type Settings } from './settings.ts'
import { inputsOf } from './task/task.ts'
import type { Terminal } from './terminal.ts'
import { grownLoss } from './training/grownLoss.ts'
import type { Trained } from './training/history.ts'
import { stepsPerEpoch, train } from './training/train.ts'
import { writeReport } from './writeReport.ts'

/** Measures a trained net on all parts of its data. */
function measure({ objective, task, computing: { backend } }: Prepared, { last }: Trained): Measured {
  const metrics = evaluateMetrics(objective)
  return {
    train: metrics(last.params, inputsOf(task.train), { backend }),
    validation: metrics(last.params, inputsOf(task.validation), { backend }),
    test: task.test && metrics(last.params, inputsOf(task.test), { backend }),
  }
}

const accuracies = ({ train, validation, test }: Measured): string =>
  Object.entries({ train, validation, test })
    .flatMap(([part, measured]) =>
      measured?.accuracy === undefined ? [] : [`${part} accuracy: ${percent(measured.accuracy)}\n`],
    )
    .join('')

/** Summary, gradient check, training, report; gives the exit code, or why it went no further. */
async function lookAndTrain(
  settings: Settings,
  prepared: Prepared,
  terminal: Terminal,
): Promise<E.Either<Failure, number>> {
  const { task, objective, computing, out } = prepared
  const { stdout, interrupted } = terminal
  const { epochs, batch, seed } = settings
  const N = Math.min(batch, task.train.size)
  stdout.write(
    `${task.title}: ${task.preparation}\n\n${showSummary(summary(objective, { sizes: { N } }))}\n\n`,
  )
  const check = checkGradient(objective, task.train, seed)
  stdout.write(`${gradientSentence(check)}\n\ncomputing by ${computing.description}\n`)

  const steps = stepsPerEpoch(task, batch)
  const shown = progress(terminal, epochs, steps)
  const optimizer = optimizerFor(settings.optimizer, settings.learningRate, epochs * steps)
  const began = performance.now()
  const trained = await train(objective, task, {
    optimizer,
    epochs,
    batch,
    seed,
    backend: computing.backend,
    interrupted,
    watch: shown.show,
  })
  shown.end()
  if (E.isLeft(trained)) return trained
  const seconds = (performance.now() - began) / 1000
  const measured = measure(prepared, trained.right)
  const findings = { settings, task, objective, check, trained: trained.right, measured, seconds }
  const written = await writeReport(out, findings)
  if (E.isLeft(written)) return written
  const { last } = trained.right
  if (trained.right.interrupted)
    stdout.write(
      `\nstopped at step ${grouped(last.step)}, in epoch ${grouped(last.epoch)} of ${grouped(epochs)}; the report is of that step\n`,
    )
  const within = relative(terminal.cwd, written.right)
  const path = within.startsWith('..') ? written.right : within
  stdout.write(`\ntrained in ${grouped(seconds, 1)} s; report: ${path}\n\n${accuracies(measured)}`)
  const grown = grownLoss(trained.right.firstLoss, measured.train.loss)
  if (grown !== undefined) stdout.write(`\n${grown}\n`)
  return E.right(trained.right.interrupted ? 130 : 0)
}

async function attempt(argv: readonly string[], terminal: Terminal): Promise<E.Either<Failure, number>> {
  const request = parseArguments(argv)
  if (E.isLeft(request)) return request
  if (request.right.form === 'help') {
    terminal.stdout.write(help)
    return E.right(0)
  }
  const settings = settingsOf(request.right.options)
  const prepared = await prepareRun(settings, terminal.cwd)
  return E.isLeft(prepared) ? prepared : lookAndTrain(settings, prepared.right, terminal)
}

/**
 * The program: what is wrong with what it was asked goes to stderr in one sentence.
 *
 * @returns the exit code: 0; 1 if the run failed; 2 if the command line or a file is wrong; 130 if it was interrupted
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const result = await attempt(argv, terminal)
  if (E.isRight(result)) return result.right
  terminal.stderr.write(`${result.left.message}\n`)
  return terminal.interrupted.aborted ? 130 : result.left.code
}
