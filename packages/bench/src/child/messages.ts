import * as t from '#io'

const numberOrNull = t.union([t.number, t.null])

const message = t.union([
  t.strict({ kind: t.literal('absent'), reason: t.string }),
  t.strict({ kind: t.literal('failed'), reason: t.string }),
  t.strict({ kind: t.literal('first'), prepareMilliseconds: t.number, stepMilliseconds: t.number }),
  t.intersection([
    t.strict({
      kind: t.literal('verified'),
      losses: t.array(numberOrNull),
      stepMilliseconds: t.array(t.number),
    }),
    t.partial({ againMilliseconds: t.number }),
  ]),
  t.strict({
    kind: t.literal('timed'),
    count: t.number,
    milliseconds: t.number,
    peakBytes: t.number,
  }),
])

/**
 * What a child says, a line of JSON each after `@bench `: `absent` or `failed` and why; or `first`, after the first
 * step, then `verified`, with the losses of three steps; then, for every line with a count that it is sent, `timed`.
 */
export type Message = t.TypeOf<typeof message>

/** What a message of one kind says. */
export type Said<K extends Message['kind']> = Extract<Message, { kind: K }>

const mark = '@bench '

export const toLine = (said: Message): string => `${mark}${JSON.stringify(said)}\n`

/**
 * The message in a line of a child's output, or undefined for a line that is some package's chatter.
 *
 * @throws TypeError if the line is marked as a message but is none
 */
export function fromLine(line: string): Message | undefined {
  if (!line.startsWith(mark)) return undefined
  const decoded = message.decode(parsed(line.slice(mark.length)))
  if (decoded._tag === 'Left') throw new TypeError(`a child said what is no message: ${line.slice(0, 200)}`)
  return decoded.right
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
