import { expect, test } from 'vitest'
import { help } from './help.ts'
import { backendNames, dataNames, optionNames, optimizerNames } from './options.ts'

test('help names every option and choice, in lines that fit a terminal', () => {
  for (const name of [
    ...optionNames.map((option) => `--${option}`),
    ...dataNames,
    ...optimizerNames,
    ...backendNames,
    '-h',
    'separated by commas',
    'data/NAME',
    '../shared/data/NAME',
  ])
    expect(help).toContain(name)
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})
