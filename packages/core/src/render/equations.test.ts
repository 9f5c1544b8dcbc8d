import {
  add,
  affine,
  aligned,
  concat,
  equations,
  exp,
  identity,
  input,
  l2,
  layer,
  layerKind,
  matmul,
  mean,
  mul,
  objective,
  parallel,
  parameter,
  initialZeros,
  registry,
  relu,
  residual,
  sameShape,
  sequential,
  sequentialFrom,
  shared,
  signature,
  softmaxCrossEntropy,
  square,
  sub,
  sum,
  toLatex,
  type Net,
} from '@pullback/core'
import * as t from '#io'
import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { katex } from './katex.fixture.ts'
import { netArbitrary, objectiveArbitrary } from './net.arbitrary.ts'

let print: Awaited<ReturnType<typeof katex>>
beforeAll(async () => {
  print = await katex()
})

const lines = (net: Net, symbols: Readonly<Record<string, string>> = {}): string =>
  toLatex(net, { shapes: false, symbols }).split('\n').slice(1, -1).join('\n')

it('writes the two-layer net as the lecture note does', () => {
  const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()], ['fc2', affine(50, 10)])
  const loss = objective(net, softmaxCrossEntropy(10), { 'fc1.W': l2(1e-3), 'fc2.W': l2(1e-3) })
  const symbols = { fc1: 'z_1', relu: 'p_1', fc2: 'z_2', 'loss.p': 'p_2' }
  expect(lines(loss, symbols)).toMatchInlineSnapshot(`
    "z_1 &= X\\,W_{1} + \\mathbf{1}\\,b_{1}^{\\top} \\\\
    p_1 &= \\max(0, z_1) \\\\
    z_2 &= p_1\\,W_{2} + \\mathbf{1}\\,b_{2}^{\\top} \\\\
    s &= z_2 - \\mathrm{rowmax}(z_2) \\\\
    p_2 &= \\dfrac{\\exp(s)}{\\mathrm{rowsum}(\\exp(s))} \\\\
    L &= \\frac{1}{N}\\,\\mathrm{sum}(\\log(\\mathrm{rowsum}(\\exp(s))) - \\mathrm{rowsum}(s \\odot \\mathrm{onehot}(y))) + \\mathrm{reg}\\,\\mathrm{sum}(W_{1}^{\\odot 2}) + \\mathrm{reg}\\,\\mathrm{sum}(W_{2}^{\\odot 2}) \\\\
    dz_2 &= \\frac{1}{N}\\,(p_2 - \\mathrm{onehot}(y)) \\\\
    dW_{2} &= p_1^{\\top}\\,dz_2 + 2\\,\\mathrm{reg}\\,W_{2} \\\\
    db_{2} &= \\mathrm{colsum}(dz_2) \\\\
    dp_1 &= dz_2\\,W_{2}^{\\top} \\\\
    dz_1 &= dp_1 \\odot [z_1 > 0] \\\\
    dW_{1} &= X^{\\top}\\,dz_1 + 2\\,\\mathrm{reg}\\,W_{1} \\\\
    db_{1} &= \\mathrm{colsum}(dz_1)"
  `)
  const shapes = { sizes: { 3072: 'D', 50: 'H', 10: 'C' }, symbols }
  expect(aligned(equations(loss, shapes).backward)).toMatchInlineSnapshot(`
    "\\begin{aligned}
    \\underset{[N \\times C]}{dz_2} &= \\frac{1}{N}\\,(\\underset{[N \\times C]}{p_2} - \\mathrm{onehot}(\\underset{[N]}{y})) \\\\
    \\underset{[H \\times C]}{dW_{2}} &= \\underset{[H \\times N]}{p_1^{\\top}}\\,\\underset{[N \\times C]}{dz_2} + 2\\,\\mathrm{reg}\\,\\underset{[H \\times C]}{W_{2}} \\\\
    \\underset{[C]}{db_{2}} &= \\mathrm{colsum}(\\underset{[N \\times C]}{dz_2}) \\\\
    \\underset{[N \\times H]}{dp_1} &= \\underset{[N \\times C]}{dz_2}\\,\\underset{[C \\times H]}{W_{2}^{\\top}} \\\\
    \\underset{[N \\times H]}{dz_1} &= \\underset{[N \\times H]}{dp_1} \\odot [\\underset{[N \\times H]}{z_1} > 0] \\\\
    \\underset{[D \\times H]}{dW_{1}} &= \\underset{[D \\times N]}{X^{\\top}}\\,\\underset{[N \\times H]}{dz_1} + 2\\,\\mathrm{reg}\\,\\underset{[D \\times H]}{W_{1}} \\\\
    \\underset{[H]}{db_{1}} &= \\mathrm{colsum}(\\underset{[N \\times H]}{dz_1})
    \\end{aligned}"
  `)
  print(toLatex(loss, shapes))
})

it('is accepted by KaTeX, whatever the net, its names and titles', () => {
  fc.assert(
    fc.property(fc.oneof(netArbitrary, objectiveArbitrary), fc.boolean(), (net, shapes) => {
      expect(() => print(toLatex(net, { shapes }))).not.toThrow()
    }),
  )
})

it('calls no two things by one symbol', () => {
  fc.assert(
    fc.property(fc.oneof(netArbitrary, objectiveArbitrary), (net) => {
      const { forward, backward } = equations(net, { shapes: false })
      const defined = [...forward, ...backward].map(({ left }) => left)
      expect(new Set(defined).size).toBe(defined.length)
    }),
  )
})

it('sums at a fan-out and over the uses of a shared layer', () => {
  const net = sequential(['N', 2], ['a', affine(2, 2)], ['r', residual(relu())], ['c', shared('a')])
  expect(lines(net)).toMatchInlineSnapshot(`
    "a &= X\\,W_{\\mathrm{a}} + \\mathbf{1}\\,b_{\\mathrm{a}}^{\\top} \\\\
    \\mathrm{r.body} &= \\max(0, a) \\\\
    \\mathrm{r.sum} &= \\mathrm{r.body} + a \\\\
    c &= \\mathrm{r.sum}\\,W_{\\mathrm{a}} + \\mathbf{1}\\,b_{\\mathrm{a}}^{\\top} \\\\
    d\\mathrm{r.sum} &= dc\\,W_{\\mathrm{a}}^{\\top} \\\\
    d\\mathrm{r.body} &= d\\mathrm{r.sum} \\\\
    da &= d\\mathrm{r.sum} + d\\mathrm{r.body} \\odot [a > 0] \\\\
    dW_{\\mathrm{a}} &= \\mathrm{r.sum}^{\\top}\\,dc + X^{\\top}\\,da \\\\
    db_{\\mathrm{a}} &= \\mathrm{colsum}(dc) + \\mathrm{colsum}(da) \\\\
    dX &= da\\,W_{\\mathrm{a}}^{\\top}"
  `)
})

it('joins and cuts columns', () => {
  const net = parallel(['N', 4], ['a', identity()], ['b', affine(4, 2)])
  expect(lines(net)).toMatchInlineSnapshot(`
    "a &= X \\\\
    b &= X\\,W_{\\mathrm{b}} + \\mathbf{1}\\,b_{\\mathrm{b}}^{\\top} \\\\
    \\mathrm{concat} &= [\\, a \\mid b \\,] \\\\
    db &= {d\\mathrm{concat}}_{[:,\\, 4:6]} \\\\
    dW_{\\mathrm{b}} &= X^{\\top}\\,db \\\\
    db_{\\mathrm{b}} &= \\mathrm{colsum}(db) \\\\
    da &= {d\\mathrm{concat}}_{[:,\\, 0:4]} \\\\
    dX &= db\\,W_{\\mathrm{b}}^{\\top} + da"
  `)
  expect(lines(concat(['a', 2], ['b', 1]))).toMatchInlineSnapshot(`
    "Y &= [\\, a \\mid b \\,] \\\\
    da &= {dY}_{[:,\\, 0:2]} \\\\
    db &= {dY}_{[:,\\, 2:3]}"
  `)
})

it('writes the size of the batch as N wherever it comes from', () => {
  const average = layer({
    kind: 'average',
    shape: signature('average', ['N', 'T', 3], []),
    params: {},
    forward: (_, x) => ({ output: mean(square(x)), cache: { x } }),
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: mul(mul(x, dOutput), 2 / x.shape.reduce((product, size) => product * size, 1)),
    }),
  })
  expect(toLatex(average, { symbols: { input: 'x' } })).toMatchInlineSnapshot(`
    "\\begin{aligned}
    L &= \\frac{1}{3 N T}\\,\\mathrm{sum}(\\underset{[N \\times T \\times 3]}{x^{\\odot 2}}) \\\\
    \\underset{[N \\times T \\times 3]}{dx} &= \\frac{2}{3 N T}\\,dL\\,\\underset{[N \\times T \\times 3]}{x}
    \\end{aligned}"
  `)
})

it('writes parentheses where they are needed and nowhere else', () => {
  const odd = layer({
    kind: 'odd',
    shape: signature('odd', ['N', 2], ['N', 2]),
    params: { W: parameter([2, 2], initialZeros()) },
    forward: ({ W }, x) => ({
      output: sub(matmul(add(x, 1), W), sub(mul(x, matmul(x, W)), exp(mul(x, -2)))),
      cache: { x },
    }),
    backward: ({ W }, { x }, d) => ({
      dParams: { W: matmul(mul(x, d), mul(x, 3), { transposeA: true }) },
      dInput: mul(matmul(d, add(W, square(W)), { transposeB: true }), square(add(x, d))),
    }),
  })
  expect(lines(odd)).toMatchInlineSnapshot(`
    "Y &= (X + 1)\\,W - (X \\odot (X\\,W) - \\exp(-2\\,X)) \\\\
    dW &= (X \\odot dY)^{\\top}\\,(3\\,X) \\\\
    dX &= (dY\\,(W + W^{\\odot 2})^{\\top}) \\odot (X + dY)^{\\odot 2}"
  `)
})

it('names hyperparameters, those of different value differently', () => {
  const net = sequential(['N', 2], ['a', affine(2, 2)], ['b', affine(2, 2)])
  const penalised = (a: number, b: number) =>
    lines(objective(net, softmaxCrossEntropy(2), { 'a.W': l2(a), 'b.W': l2(b) }))
      .split('\n')
      .find((line) => line.startsWith('L'))
  expect(penalised(0.1, 0.1)?.match(/\\mathrm\{reg\}/g)).toHaveLength(2)
  expect(penalised(0.1, 0.2)).toContain('\\mathrm{reg}_{\\mathrm{b.W}}')
})

it('does not take a number for a hyperparameter that happens to have its value', () => {
  const gradientOfW = (reg: number) =>
    lines(objective(affine(2, 3), softmaxCrossEntropy(3), { W: l2(reg) }))
      .split('\n')
      .find((line) => line.startsWith('dW'))
  for (const reg of [1 / 2, 1 / 3, 0.25, 0.1]) expect(gradientOfW(reg)).toBe(gradientOfW(0.3))
  expect(gradientOfW(0.5)).toMatchInlineSnapshot(`"dW &= X^{\\top}\\,dL + 2\\,\\mathrm{reg}\\,W \\\\"`)
  expect(gradientOfW(1)).toMatchInlineSnapshot(`"dW &= X^{\\top}\\,dL + 2\\,W \\\\"`)
})

it('writes the hyperparameters of a kind of layer that it is told how to read as such', () => {
  const scale = (rate: number) =>
    layer({
      kind: 'scale',
      hyperparameters: { rate },
      shape: sameShape(`scale(${rate})`),
      params: {},
      forward: (_, x) => ({ output: mul(x, 1 - rate), cache: {} }),
      backward: (_, __, dOutput) => ({ dParams: {}, dInput: mul(mul(dOutput, 1 - rate), 0.5) }),
    })
  const kinds = registry(
    layerKind({
      kind: 'scale',
      hyperparameters: t.exact(t.type({ rate: t.number })),
      build: ({ rate }) => scale(rate),
    }),
  )
  expect(lines(scale(0.5))).toMatchInlineSnapshot(`
    "Y &= 0.5\\,X \\\\
    dX &= 0.5 \\cdot 0.5\\,dY"
  `)
  expect(toLatex(scale(0.5), { shapes: false, kinds })).toMatchInlineSnapshot(`
    "\\begin{aligned}
    Y &= (1 - \\mathrm{rate})\\,X \\\\
    dX &= 0.5\\,(1 - \\mathrm{rate})\\,dY
    \\end{aligned}"
  `)
})

it('gives inputs without a gradient none, and those that are not reached 0', () => {
  const net = sequential(['N', 2], ['a', relu()])
  expect(lines(objective(net, softmaxCrossEntropy(2)))).not.toContain('dy')
  expect(lines(objective(net, softmaxCrossEntropy(2)))).not.toContain('dX')
  expect(lines(net)).toContain('dX')
})

it('takes chosen symbols, also with superscripts of their own, and refuses those for nothing', () => {
  const chosen = toLatex(sequential(['N', 2], ['a', affine(2, 2)], ['b', affine(2, 2)]), {
    symbols: { a: 'z^{(1)}', b: "z'", input: 'z^{(0)}', 'a.W': 'W^{(1)}' },
  })
  print(chosen)
  expect(chosen).toContain('{z^{(1)}}^{\\top}')
  expect(() => toLatex(relu(), { symbols: { rely: 'p' } })).toThrow(
    "equations: there is no 'rely' to give a symbol to among input, relu",
  )
})

it('names the parts of an expression that are used again, so that its length stays linear', () => {
  const doubling = layer({
    kind: 'doubling',
    shape: sameShape('doubling'),
    params: {},
    forward: (_, x) => ({
      output: Array.from({ length: 60 }).reduce<typeof x>((y) => add(y, exp(y)), x),
      cache: {},
    }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })
  expect(toLatex(doubling).length).toBeLessThan(10_000)
})

it('writes ten thousand layers', () => {
  const entries = Array.from({ length: 10_000 }, (_, index) => [`n${index}`, affine(2, 2)] as const)
  const net = sequentialFrom(['N', 2], entries)
  if (net._tag === 'Left') throw new Error(net.left)
  const { forward, backward } = equations(net.right)
  expect(forward).toHaveLength(10_000)
  expect(backward.length).toBe(10_000 * 3)
  expect(sum(input('x', [2])).shape).toEqual([])
})
