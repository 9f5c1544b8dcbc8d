import { add, exp, mul, tensor } from '@pullback/core'
import { describe, expect, it } from 'vitest'
import { explain } from './explain.ts'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from './planted.fixture.ts'
import { report } from './report.ts'

const found = { seed: 7, path: '12:0:3' }

const explained = (...of: Parameters<typeof sampleOf>) => explain(exactLaw, violationOf(sampleOf(...of)))

const twice = () =>
  explained(
    wrongAffine(3, 2, ({ right }) => ({ W: mul(right.W, 2) })),
    [4, 3],
  )

describe('the report of', () => {
  it('a factor of two', () => {
    expect(
      report(twice(), { ...found, replay: 'npx pullback-laws ./layers.js --replay fc/gradient/7/12:0:3' }),
    ).toMatchInlineSnapshot(`
      "wrongAffine(3, 2) violates the law gradient

        what      backward does not give the derivative of forward
        layer     wrongAffine(3, 2) of [1, 3]
        where     W[0, 0]
        is        2
        should be 1 +- 2.0e-15
        ratio     2
        hint      twice what it should be: a factor of 2 too much
        at        W [3, 2]        all 0
                  b [2]           all 0
                  input [1, 3]    all 1
                  dOutput [1, 2]  all 1
        found by  seed 7, path "12:0:3"
        replay    npx pullback-laws ./layers.js --replay fc/gradient/7/12:0:3"
    `)
  })

  it('a region', () => {
    const wrong = elementwise(exp, (x, dOutput) => mul(exp(add(x, 1e-7)), dOutput))
    expect(report(explained(wrong, [3, 2]), { name: 'my own layer' })).toMatchInlineSnapshot(`
      "my own layer violates the law gradient

        what      backward does not give the derivative of forward
        layer     elementwise of [1, 2]
        where     input[0, 0]
        is        1.000000100000005
        should be 1 +- 1.0e-15
        ratio     1.0000001
        hint      always 1.0000001 times what it should be: a constant factor is wrong
        at        input [1, 2]    all 0
                  dOutput [1, 2]  all 1"
    `)
  })

  it('a sentence without a place', () => {
    const { sample } = twice()
    expect(
      report({ law: 'purity', sentence: 'forward gives another output when it is run again', sample }, found),
    ).toMatchInlineSnapshot(`
      "wrongAffine(3, 2) violates the law purity

        what      forward gives another output when it is run again
        layer     wrongAffine(3, 2) of [1, 3]
        at        W [3, 2]        all 0
                  b [2]           all 0
                  input [1, 3]    all 1
                  dOutput [1, 2]  all 1
        found by  seed 7, path "12:0:3""
    `)
  })

  it('NaN in a batch of labels', () => {
    const sample = sampleOf(
      elementwise(exp, (_, dOutput) => dOutput),
      tensor([[Number.NaN]], 'float64'),
    )
    expect(report({ law: 'finiteness', sentence: 'the output is not finite', analytic: Number.NaN, sample }))
      .toMatchInlineSnapshot(`
      "elementwise violates the law finiteness

        what      the output is not finite
        layer     elementwise of [1, 1]
        is        NaN
        at        input [1, 1]    NaN
                  dOutput [1, 1]  -1.6851634754467126"
    `)
  })

  it('a factor of two, in colours', () => {
    expect(report(twice(), { colours: true })).toMatchInlineSnapshot(`
      "[1mwrongAffine(3, 2) violates the law gradient[22m

        [2mwhat      [22mbackward does not give the derivative of forward
        [2mlayer     [22mwrongAffine(3, 2) of [1, 3]
        [2mwhere     [22m[1mW[0, 0][22m
        [2mis        [22m[31m2[39m
        [2mshould be [22m[32m1 +- 2.0e-15[39m
        [2mratio     [22m2
        [2mhint      [22m[1mtwice what it should be: a factor of 2 too much[22m
        [2mat        [22mW [3, 2]        all 0
        [2m          [22mb [2]           all 0
        [2m          [22minput [1, 3]    all 1
        [2m          [22mdOutput [1, 2]  all 1"
    `)
  })
})

it('keeps to the width', () => {
  for (const width of [60, 80, 100])
    for (const line of report(twice(), { ...found, width }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width)
})
