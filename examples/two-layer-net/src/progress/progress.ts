import type { Snapshot } from '@pullback/train'
import type { Terminal } from '../terminal.ts'
import type { Epoch } from '../training/history.ts'
import { bar } from './bar.ts'
import { progressLine, type Standing } from './progressLine.ts'

/** Shows how training goes. */
export interface Progress {
  readonly show: (snapshot: Snapshot, ended: Epoch | undefined) => void
  /** Leaves the cursor at the beginning of a line. */
  readonly end: () => void
}

const mostLines = 12

/** A line every few epochs, for files and pipes: no carriage return, no escape sequence. */
function lines({ stdout }: Terminal, epochs: number): Progress {
  const every = Math.ceil(epochs / mostLines)
  return {
    show: ({ epoch, loss, accuracy }, ended) => {
      if (ended === undefined || !(epoch % every === 0 || epoch === 1 || epoch === epochs)) return
      stdout.write(`${progressLine({ epoch, epochs, loss, accuracy, ended })}\n`)
    },
    end: () => undefined,
  }
}

const [green, plain] = ['\u001B[32m', '\u001B[0m']
const pause = 50

/** One line that is drawn over and over. */
function oneLine({ stdout, env }: Terminal, epochs: number, steps: number): Progress {
  const coloured = (env['NO_COLOR'] ?? '') === ''
  let standing: Standing | undefined
  let drawn = 0
  let previous = ''
  const draw = (step: number): void => {
    if (standing === undefined) return
    const room = (stdout.columns ?? 80) - 1
    const text = progressLine(standing)
    const width = Math.min(30, room - text.length - 4)
    const gauge = width < 5 ? '' : bar(step / (epochs * steps), width)
    const visible = (gauge === '' ? text : `${gauge}  ${text}`).slice(0, room)
    const painted = coloured && gauge !== '' ? visible.replace(/#+/, `${green}$&${plain}`) : visible
    stdout.write(`\r${painted}${' '.repeat(Math.max(0, previous.length - visible.length))}`)
    previous = visible
    drawn = Date.now()
  }
  let last = 0
  return {
    show: ({ epoch, loss, accuracy, step }, ended) => {
      standing = { epoch, epochs, loss, accuracy, ended: ended ?? standing?.ended }
      last = step
      if (Date.now() - drawn >= pause) draw(step)
    },
    end: () => {
      if (standing === undefined) return
      draw(last)
      stdout.write('\n')
    },
  }
}

/**
 * The progress of a training of so many epochs of so many steps each: a bar on a terminal, lines elsewhere; without
 * colours if NO_COLOR is set.
 */
export const progress = (terminal: Terminal, epochs: number, steps: number): Progress =>
  terminal.stdout.isTTY === true && terminal.env['TERM'] !== 'dumb'
    ? oneLine(terminal, epochs, steps)
    : lines(terminal, epochs)
