import { expect, it } from 'vitest'
import { readOptions } from './options.ts'

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
  expect(sentence('--round', '1')).toMatch(/Unknown option '--round'/)
  expect(sentence('--sizes', ',')).toMatch(/^--sizes: takes some of/)
})
