import { expect, it } from 'vitest'
import { readCommandLine } from './commandLine.ts'

it('reads every option', () => {
  const words =
    './a.js b.js --runs 1000 --seed=-7 --law gradient,rows --law kinks --except purity --filter soft --junit x.xml --json y.json'
  expect(readCommandLine([...words.split(' '), '--replay', 'softplus/gradient/7/12:0'])).toEqual({
    value: {
      modules: ['./a.js', 'b.js'],
      runs: 1000,
      seed: -7,
      only: ['gradient', 'rows', 'kinks'],
      except: ['purity'],
      filter: 'soft',
      junit: 'x.xml',
      json: 'y.json',
      replay: { layer: 'softplus', law: 'gradient', seed: 7, path: '12:0' },
      help: false,
    },
  })
})

it('has defaults', () => {
  expect(readCommandLine(['a.js'])).toEqual({
    value: { modules: ['a.js'], runs: 100, except: [], help: false },
  })
  expect(readCommandLine(['-h'])).toMatchObject({ value: { help: true } })
})

it.each([
  ['', 'name a module that exports layers, or ask for --help'],
  ['a.js --sede 7', 'there is no option --sede; did you mean --seed?'],
  ['a.js -x', 'there is no option -x; the choices are --runs'],
  ['a.js --seed', '--seed takes a value'],
  ['a.js --help=no', '--help takes no value'],
  ['a.js --runs 0', '--runs takes an integer from 1 on, not 0'],
  ['a.js --runs many', '--runs takes an integer from 1 on, not many'],
  ['a.js --seed 1.5', '--seed takes an integer, not 1.5'],
  ['a.js --law gradeint', 'there is no law gradeint; did you mean gradient?'],
  ['a.js --except all', 'there is no law all; the choices are structure'],
  ['a.js --replay x', '--replay takes layer/law/seed/path'],
])('refuses `%s` in one sentence', (words, sentence) => {
  const read = readCommandLine(words.split(' ').filter((word) => word !== ''))
  expect('problem' in read ? read.problem : 'nothing').toMatch(sentence)
  expect('problem' in read && read.problem.includes('\n')).toBe(false)
})
