import { spawnSync } from 'node:child_process'
import { affine, relu, type Net } from '@pullback/core'
import { layerLaws } from '@pullback/laws'
import * as fc from 'fast-check'
import { optionsOf } from '../command/options.ts'
import { inWords } from './inWords.ts'

const layers: Readonly<Record<string, () => Net>> = { relu, affine: () => affine(3, 2) }

/** The milliseconds of one core that this process has taken, with what compiles beside it. */
function coreTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The milliseconds of one core that the whole suite of a layer takes. */
function suiteTime(layer: () => Net, numRuns: number, seed: number): number {
  const started = coreTime()
  for (const { property } of layerLaws(layer(), { rows: 'rowwise' })) fc.assert(property, { numRuns, seed })
  return coreTime() - started
}

/** The time of the suite in a process of its own that has loaded the library and run nothing of it yet. */
function coldTime(name: string, runs: number, seed: number): number {
  const args = [...process.argv.slice(1, 3), '--cold', name, '--runs', String(runs), '--seed', String(seed)]
  return Number(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout)
}

/**
 * How long the whole suite of a small layer takes on one core, with 10 runs and with 100, in a process that has run
 * nothing yet and in one that has. What else the machine does counts little, as it is the time of the core that is read.
 *
 *     node .workspace/long.mjs packages/laws/test/speed/suite.ts --repetitions 20
 */
export function main(args: readonly string[]): number {
  const options = optionsOf(args)
  const cold = layers[options.text('cold', '')]
  if (cold !== undefined) {
    process.stdout.write(String(suiteTime(cold, options.number('runs', 10), options.number('seed', 1))))
    return 0
  }
  const seeds = Array.from({ length: options.number('repetitions', 20) }, (_, index) => index + 1)
  for (const [name, layer] of Object.entries(layers))
    for (const runs of [10, 100]) {
      const title = `the suite of ${name}, ${runs} runs`
      process.stdout.write(
        inWords(
          `${title}, cold`,
          seeds.map((seed) => coldTime(name, runs, seed)),
        ),
      )
      for (const seed of seeds) suiteTime(layer, runs, seed)
      process.stdout.write(
        inWords(
          `${title}, warm`,
          seeds.map((seed) => suiteTime(layer, runs, seed)),
        ),
      )
    }
  return 0
}
