import { inProcesses } from '../command/children.ts'
import { optionsOf, shareOf } from '../command/options.ts'
import { rightLayers, type RightLayer } from '../mutants/right/rightLayers.ts'
import { variants } from './variants.ts'
import { watch, type Alarm } from './watch.ts'

/** What one layer showed at one seed, as a line of JSON. */
interface Line {
  readonly layer: string
  readonly seed: number
  readonly samples: number
  readonly alarms: readonly Alarm[]
  readonly undecided: Readonly<Record<string, number>>
}

/** Samples at one seed of one layer: what is lost if the command is stopped, and how often progress is shown. */
const chunk = 250

const everything: readonly RightLayer[] = [...rightLayers, ...variants]

function progress(done: number, all: number, started: number): void {
  const minutes = (performance.now() - started) / 60_000
  const left = (minutes * (all - done)) / Math.max(done, 1)
  process.stderr.write(
    `${done} of ${all} samples, ${minutes.toFixed(1)} min, about ${left.toFixed(1)} min left\n`,
  )
}

/** The share undecided by layer and law, where it is more than one in a thousand. */
function undecidedLines(lines: readonly Line[]): readonly string[] {
  const shares = new Map<string, { share: number; seeds: number }>()
  for (const { layer, undecided } of lines)
    for (const [law, share] of Object.entries(undecided)) {
      const name = `${layer}: ${law}`
      const known = shares.get(name) ?? { share: 0, seeds: 0 }
      shares.set(name, { share: known.share + share, seeds: known.seeds + 1 })
    }
  return [...shares]
    .map(([name, { share, seeds }]) => ({ name, mean: share / seeds }))
    .filter(({ mean }) => mean > 1e-3)
    .toSorted((a, b) => b.mean - a.mean)
    .map(({ name, mean }) => `  undecided ${(100 * mean).toFixed(2)} %: ${name}`)
}

/**
 * Holds right layers and legitimate variants to the laws, at many samples: none may alarm.
 *
 *     npm run laws:soak -- --samples 1000000 --seed 1 --processes 2 --only relu
 *
 * Every layer takes 250 samples from each seed, `--seed` and those after it: a run that was stopped at one goes on from
 * there.
 */
export async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  const layers = everything.filter(({ name }) => name.includes(options.text('only', '')))
  const first = options.number('seed', Math.floor(Math.random() * 1e6))
  const samples = options.number('samples', 10_000)
  const rounds = Math.ceil(samples / (chunk * Math.max(layers.length, 1)))
  const all = rounds * layers.length * chunk
  const share = shareOf(options)
  if (share !== undefined) {
    for (let round = 0; round < rounds; round++)
      for (const [index, layer] of layers.entries())
        if ((round * layers.length + index) % share.count === share.index) {
          const { alarms, undecided, samples: tried } = watch(layer, first + round, chunk)
          const line: Line = {
            layer: layer.name,
            seed: first + round,
            samples: tried,
            alarms,
            undecided: Object.fromEntries(undecided),
          }
          process.stdout.write(`${JSON.stringify(line)}\n`)
        }
    return 0
  }
  process.stderr.write(`seeds ${first} to ${first + rounds - 1}, ${layers.length} layers\n`)
  const started = performance.now()
  const lines: Line[] = []
  const ended = await inProcesses(
    options.number('processes', 2),
    (text) => {
      const line = JSON.parse(text) as Line
      lines.push(line)
      for (const { layer, law, seed, message } of line.alarms)
        process.stdout.write(`ALARM ${layer}: ${law} at seed ${seed}\n${message}\n`)
      if (lines.length % 40 === 0) progress(lines.length * chunk, all, started)
    },
    ['--seed', String(first)],
  )
  const alarms = lines.flatMap((line) => line.alarms)
  const mean =
    lines.reduce((sum, { undecided }) => sum + (undecided['resolution'] ?? 0), 0) / Math.max(lines.length, 1)
  for (const line of undecidedLines(lines)) process.stdout.write(`${line}\n`)
  process.stdout.write(
    `${lines.length * chunk} samples of ${layers.length} right layers from seed ${first} on: ${alarms.length} alarms, ${(100 * mean).toFixed(3)} % undecided\n`,
  )
  return ended && alarms.length === 0 && mean <= 0.01 ? 0 : 1
}
