import * as E from '#fp/Either'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { optionNames } from './options.ts'
import { parseArguments } from './parseArguments.ts'

const sentence = (...argv: string[]): string => {
  const parsed = parseArguments(argv)
  return E.isLeft(parsed) ? parsed.left.message : 'nothing is wrong'
}

test('options are decoded', () => {
  const argv = '--data digits --dir a/b --hidden 64 --learning-rate=1e-2 --reg 0 --seed 7 --optimizer sgd'
  expect(parseArguments(argv.split(' '))).toEqual(
    E.right({
      form: 'train',
      options: {
        data: 'digits',
        dir: 'a/b',
        hidden: 64,
        'learning-rate': 0.01,
        reg: 0,
        seed: 7,
        optimizer: 'sgd',
      },
    }),
  )
  expect(parseArguments([])).toEqual(E.right({ form: 'train', options: {} }))
})

test.each([['--help'], ['-h'], ['--hidden', '0', '--help']])('help may be asked for by %s', (...argv) => {
  expect(parseArguments(argv)).toEqual(E.right({ form: 'help' }))
})

test.each([
  [['--hidden', '0'], '--hidden takes a whole number from 1 to 10,000, not "0"'],
  [['--hidden', '1.5'], '--hidden takes a whole number from 1 to 10,000, not "1.5"'],
  [['--hidden', '0x10'], '--hidden takes a whole number from 1 to 10,000, not "0x10"'],
  [['--hidden', ''], '--hidden takes a whole number from 1 to 10,000, not an empty text'],
  [['--learning-rate', 'NaN'], '--learning-rate takes a number above 0, at most 10,000,000,000, not "NaN"'],
  [['--learning-rate', '1e99'], '--learning-rate takes a number above 0, at most 10,000,000,000, not "1e99"'],
  [['--reg', '-1'], '--reg takes a number from 0 to 1,000, not "-1"'],
  [['--epochs', '-1'], '--epochs takes a whole number from 1 to 100,000, not "-1"'],
  [['--batch', '1e99'], '--batch takes a whole number from 1 to 100,000, not "1e99"'],
  [
    ['--seed', '9007199254740992'],
    '--seed takes a whole number from 0 to 9,007,199,254,740,991, not "9007199254740992"',
  ],
  [['--optimizer', 'adam'], '--optimizer takes one of sgd, momentum, nesterov, not "adam"'],
  [
    ['--data', 'x'.repeat(99)],
    `--data takes one of spirals, moons, digits, mnist, fashion-mnist, cifar10, csv, not "${'x'.repeat(40)}…"`,
  ],
  [['--out', 'a\0b'], String.raw`--out takes the path of a folder, not "a\u0000b"`],
  [['--hiden', '3'], 'there is no option "--hiden"; did you mean --hidden?'],
  [['--lr', '3'], 'there is no option "--lr"; --help lists all'],
  [['--learning', '3'], 'there is no option "--learning"; did you mean --learning-rate?'],
  [['-x'], 'there is no option "-x"; --help lists all'],
  [['--no-hidden'], 'there is no option "--no-hidden"; did you mean --hidden?'],
  [['--hidden'], '--hidden is given without a value'],
  [['--hidden', '--seed', '3'], '--hidden is given without a value'],
  [['--seed', '3', '--seed', '3'], '--seed is given twice; give it once'],
  [['--help=no'], '--help takes no value, but is given "no"'],
  [['mnist'], 'there is "mnist", which belongs to no option; --help lists all options'],
  [
    ['--dir', 'x'],
    '--dir has no meaning for spirals, which are generated; name the data of the folder with --data',
  ],
  [['--data', 'csv'], '--data csv needs --dir, the path of a CSV file or of a folder that holds one'],
  [
    ['--spec', 'a.json', '--hidden', '3'],
    '--hidden has no meaning beside --spec, which says itself how wide its layers are',
  ],
])('%j is answered by a sentence', (argv, expected) => {
  expect(sentence(...argv)).toBe(expected)
})

test('whatever is given, the answer is a request or one line with exit code 2', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      ...optionNames.map((name) => `--${name}`),
      '--',
      '-',
      '--=',
      '--__proto__',
      '--constructor=1',
      '1',
    ),
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 5 }), (argv) => {
      const parsed = parseArguments(argv)
      if (E.isRight(parsed)) return
      expect(parsed.left.code).toBe(2)
      expect(parsed.left.message).toMatch(/^[^\n\r]{1,200}$/)
    }),
  )
})
