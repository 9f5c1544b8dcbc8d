import { expect, it } from 'vitest'
import { catalog } from '../peers/catalog.ts'
import { titleOf } from '../peers/title.ts'
import { sizes } from '../problem/sizes.ts'
import { help } from './help.ts'
import { asksForHelp, readOptions } from './options.ts'

const sentence = (...args: readonly string[]): string => {
  const options = readOptions(args)
  return options._tag === 'Left' ? options.left : 'fine'
}

it('takes all sizes and peers unless told otherwise', () => {
  const options = readOptions([])
  expect(options).toMatchObject({ right: { rounds: 15, out: 'out/bench', quick: false, scaling: false } })
  expect(readOptions(['--quick'])).toMatchObject({ right: { rounds: 3, quick: true } })
})

it('picks sizes by name, and peers by a part of their names or by family', () => {
  expect(readOptions(['--sizes', 'wide, toy', '--rounds', '4'])).toMatchObject({
    right: { sizes: [{ name: 'toy' }, { name: 'wide' }], rounds: 4 },
  })
  const titles = (peers: string): unknown => {
    const options = readOptions(['--peers', peers])
    return options._tag === 'Right' ? options.right.peers.map(({ name }) => name) : options.left
  }
  expect(titles('loops,numpy')).toEqual(['plain loops', 'NumPy', 'NumPy'])
  expect(titles('floor')).toEqual(['products alone', 'products alone'])
})

it('says in a sentence what it does not understand', () => {
  expect(sentence('--sizes', 'toy,huge')).toBe(
    "--sizes: takes some of toy, spiral, mnist, cifar, wide, not 'huge'",
  )
  expect(sentence('--peers', 'loops,matlab')).toMatch(
    /^--peers: nobody is called 'matlab'; the peers are Pullback reference; /,
  )
  expect(sentence('--rounds', '0')).toBe("--rounds: takes a whole number above 0, not '0'")
  expect(sentence('--rounds', 'many')).toBe("--rounds: takes a whole number above 0, not 'many'")
  expect(sentence('--round', '1')).toBe("there is no option '--round'; --help lists all options")
  expect(sentence('-x')).toBe("there is no option '-x'; --help lists all options")
  expect(sentence('toy')).toBe("there is 'toy', which belongs to no option; --help lists all options")
  expect(sentence('--sizes')).toBe('--sizes is given without a value')
  expect(sentence('--sizes', '--quick')).toBe('--sizes is given without a value')
  expect(sentence('--quick=yes')).toBe("--quick takes no value, but is given 'yes'")
  expect(sentence('--sizes', ',')).toMatch(/^--sizes: takes some of/)
  expect(sentence('--scaling', '--sizes', 'toy')).toBe(
    '--scaling has sizes of its own: leave out --sizes, or --scaling',
  )
  expect(sentence('--scaling', '--peers', 'numpy')).toMatch(
    /^--scaling measures this library alone, of which there is none among 'numpy'; there are Pullback reference; /,
  )
})

it('asks for help, and help names every option, size and peer', () => {
  expect(asksForHelp(['--quick', '-h'])).toBe(true)
  expect(asksForHelp(['--quick'])).toBe(false)
  for (const name of ['sizes', 'peers', 'rounds', 'out', 'python', 'quick', 'scaling', 'help'])
    expect(help).toContain(`--${name}`)
  for (const name of [...sizes.map((size) => size.name), ...catalog.map(titleOf)])
    expect(help).toContain(name)
})
