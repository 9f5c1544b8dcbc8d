import * as t from '#io'
import {
  addition,
  affine,
  graphFrom,
  identity,
  l2,
  layer,
  layerKind,
  log1p,
  exp,
  mul,
  objectiveFrom,
  relu,
  sameShape,
  shared,
  sigmoid,
  softmaxCrossEntropy,
  type Entry,
  type LayerKind,
  type Net,
} from '@pullback/core'
import * as fc from 'fast-check'

const width = 3

/** Names of every legal form, those that languages of drawings keep for themselves among them. */
export const nameArbitrary: fc.Arbitrary<string> = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z_][\w-]{0,6}$/),
    fc.constantFrom(
      'end',
      'graph',
      'subgraph',
      'node',
      'edge',
      'class',
      'style',
      'default',
      'loss',
      'output',
      'x',
      'o',
      '_',
      'a-',
      'N',
      'L',
      's',
      'p',
      'toString',
      'constructor',
    ),
  )
  .filter((name) => name !== '__proto__' && name !== 'input' && name !== 'labels')

/** What a title may contain: sentences of third parties. */
const titleArbitrary: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary-ascii' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '"',
    '\\',
    '\\N',
    '&lt;',
    '<b>',
    '1. x',
    '- x',
    '`a`',
    '#35;',
    '[x',
    'end',
    '%%',
    '$',
    '{',
    '_',
    '^',
    '~',
    'a\nb',
  ),
)

const titled = (title: string, rate = 0.25): Net =>
  layer({
    kind: 'softplus',
    hyperparameters: { rate },
    shape: sameShape(title),
    params: {},
    forward: (_, z) => ({ output: mul(log1p(exp(z)), rate), cache: { z, slope: sigmoid(z) } }),
    backward: (_, { slope }, dOutput) => ({ dParams: {}, dInput: mul(mul(dOutput, slope), rate) }),
  })

/** The kind of the layers with titles of their own. */
export const softplusKind: LayerKind = layerKind({
  kind: 'softplus',
  hyperparameters: t.exact(t.type({ rate: t.number })),
  build: ({ rate }) => titled('softplus', rate),
})

const layerArbitrary: fc.Arbitrary<Net> = fc.oneof(
  fc.constant<Net>(affine(width, width)),
  fc.constant<Net>(relu()),
  fc.constant<Net>(identity()),
  titleArbitrary.map((title) => titled(title)),
)

type Plan = readonly [name: string, choice: Net | 'addition' | 'shared', first: number, second: number]

/** The nets that plans give; what each node reads and shares is chosen by number among what is there. */
function build(plans: readonly Plan[]): Net {
  const entries: Entry[] = []
  const sources = ['input']
  for (const [name, choice, first, second] of plans) {
    const from = sources[first % sources.length] ?? 'input'
    const other = sources[second % sources.length] ?? 'input'
    const earlier = entries[second % Math.max(entries.length, 1)]?.[0]
    if (choice === 'addition') entries.push([name, addition('a', 'b'), { a: from, b: other }])
    else if (choice !== 'shared') entries.push([name, choice, from])
    else if (earlier !== undefined && typeof entries.find(([own]) => own === earlier)?.[2] === 'string')
      entries.push([name, shared(earlier), from])
    else entries.push([name, relu(), from])
    sources.push(name)
  }
  const net = graphFrom(['N', width], entries)
  if (net._tag === 'Left') throw new Error(net.left)
  return net.right
}

const plansOf = (inner: fc.Arbitrary<Net>): fc.Arbitrary<Net> =>
  fc
    .uniqueArray(
      fc.tuple(
        nameArbitrary,
        fc.oneof(inner, fc.constantFrom('addition' as const, 'shared' as const)),
        fc.nat(9),
        fc.nat(9),
      ),
      { minLength: 1, maxLength: 5, selector: ([name]) => name },
    )
    .map(build)

/** Nets with fan-out, shared layers and nets in nets, of `['N', 3]`. */
export const netArbitrary: fc.Arbitrary<Net> = plansOf(
  fc.oneof({ weight: 3, arbitrary: layerArbitrary }, { weight: 1, arbitrary: plansOf(layerArbitrary) }),
)

/** Objectives of such nets, with penalties on some of their parameters. */
export const objectiveArbitrary: fc.Arbitrary<Net> = fc
  .tuple(netArbitrary, fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { maxLength: 3 }))
  .map(([net, regs]) => {
    const paths = weightPaths(net)
    const penalties = Object.fromEntries(
      regs.flatMap((reg, index) => {
        const path = paths[index]
        return path === undefined ? [] : [[path, l2(reg)] as const]
      }),
    )
    const loss = objectiveFrom(net, softmaxCrossEntropy(width), penalties)
    if (loss._tag === 'Left') throw new Error(loss.left)
    return loss.right
  })

function weightPaths(net: Net, path = ''): readonly string[] {
  if (net.graph === undefined) return Object.keys(net.parameters).map((name) => `${path}${name}`)
  return net.graph.nodes
    .filter(({ shares }) => shares === undefined)
    .flatMap(({ name, layer }) => weightPaths(layer, `${path}${name}.`))
}
