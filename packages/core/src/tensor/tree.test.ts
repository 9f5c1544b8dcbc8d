import {
  add,
  additive,
  cast,
  evaluate,
  foldTree,
  isTensor,
  isTree,
  leaves,
  lookup,
  lookupAny,
  mapTree,
  mul,
  neg,
  ones,
  sub,
  sum,
  tensor,
  toNested,
  transformTree,
  update,
  zeros,
  zerosLike,
  zipTrees,
  type At,
  type Path,
  type Tensor,
  type Tree,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { contents } from './coordinates.arbitrary.ts'
import { treeArbitrary } from './tree.arbitrary.ts'
import { updateAny } from './tree.ts'

/** What a tree holds: its leaves by path, evaluated. Zeros lose their sign, which sums do not keep. */
const held = (tree: Tree) =>
  leaves(evaluate(tree)).map(([path, x]) => [
    path,
    { ...contents(x), elements: contents(x).elements.map((e) => e + 0) },
  ])

const double = (x: Tree): Tree => mapTree(x, (y) => mul(y, 2))

describe('mapTree', () => {
  test('keeps identity and composition', () => {
    fc.assert(
      fc.property(treeArbitrary, (tree) => {
        expect(held(mapTree(tree, (x) => x))).toEqual(held(tree))
        expect(held(mapTree(mapTree(tree, neg), (x) => add(x, 1)))).toEqual(
          held(mapTree(tree, (x) => add(neg(x), 1))),
        )
      }),
    )
  })

  test('is given the paths that leaves lists, in that order', () => {
    fc.assert(
      fc.property(treeArbitrary, (tree) => {
        const paths: string[] = []
        mapTree(tree, (x, path) => {
          paths.push(path)
          return x
        })
        expect(paths).toEqual(leaves(tree).map(([path]) => path))
        expect(foldTree(tree, [] as string[], (all, _, path) => [...all, path])).toEqual(paths)
      }),
    )
  })

  test('anything may stand in the place of tensors', () => {
    const shapes = transformTree({ fc: { W: zeros([2, 3]), b: zeros([3]) } }, (x, path) => ({
      path,
      shape: x.shape,
    }))
    expect(shapes).toEqual({ fc: { W: { path: 'fc.W', shape: [2, 3] }, b: { path: 'fc.b', shape: [3] } } })
  })
})

describe('zipTrees', () => {
  test('of a tree with itself is a map', () => {
    fc.assert(
      fc.property(treeArbitrary, (tree) => {
        expect(held(zipTrees(tree, tree, (x, y) => add(x, y)))).toEqual(held(double(tree)))
        expect(held(zipTrees(tree, double(tree), (x) => x))).toEqual(held(tree))
        expect(held(zipTrees(tree, double(tree), (_, y) => y))).toEqual(held(double(tree)))
      }),
    )
  })

  test('the order of names is that of the left', () => {
    const a = { W: tensor(1), b: tensor(2) }
    const b = { b: tensor(20), W: tensor(10) }
    const sums = zipTrees(a, b, (x, y) => add(x, y))
    expect(Object.entries(sums).map(([name, x]) => [name, toNested(x)])).toEqual([
      ['W', 11],
      ['b', 22],
    ])
  })
})

describe('lookup and update', () => {
  test('every leaf is at its path', () => {
    fc.assert(
      fc.property(treeArbitrary, (tree) => {
        for (const [path, x] of leaves(tree)) expect(lookupAny(tree, path)).toBe(x)
      }),
    )
  })

  test('what is put is got, and nothing else changes', () => {
    fc.assert(
      fc.property(
        treeArbitrary.filter((tree) => leaves(tree).length > 0),
        fc.nat(),
        (tree, position) => {
          const all = leaves(tree)
          const [path = ''] = all[position % all.length] ?? []
          const before = held(tree)
          const replacement = ones([7])
          const changed = updateAny(tree, path, () => replacement)
          expect(lookupAny(changed, path)).toBe(replacement)
          expect(leaves(changed).filter(([other]) => other !== path)).toEqual(
            all.filter(([other]) => other !== path),
          )
          expect(updateAny(tree, path, (x) => x)).toEqual(tree)
          expect(held(updateAny(changed, path, () => lookupAny(tree, path)))).toEqual(before)
          expect(held(tree)).toEqual(before)
        },
      ),
    )
  })

  test('untouched parts are the same values', () => {
    const params = { fc1: { W: zeros([2, 3]), b: zeros([3]) }, fc2: { W: zeros([3, 1]) } }
    const changed = update(params, 'fc1.b', (b) => add(b, 1))
    expect(changed.fc2).toBe(params.fc2)
    expect(changed.fc1.W).toBe(params.fc1.W)
    expect(toNested(changed.fc1.b)).toEqual([1, 1, 1])
  })
})

describe('trees of one form under addition are a monoid, and a group with neg', () => {
  test('associative, commutative, with zeros neutral', () => {
    fc.assert(
      fc.property(treeArbitrary, fc.integer({ min: -8, max: 8 }), (a, factor) => {
        const b = mapTree(a, (x) => mul(x, factor))
        const c = mapTree(a, (x) => sub(x, 1))
        const { concat, empty } = additive(a)
        expect(held(concat(a, empty))).toEqual(held(a))
        expect(held(concat(empty, a))).toEqual(held(a))
        expect(held(concat(concat(a, b), c))).toEqual(held(concat(a, concat(b, c))))
        expect(held(concat(a, b))).toEqual(held(concat(b, a)))
        expect(held(concat(a, mapTree(a, neg)))).toEqual(held(zerosLike(a)))
      }),
    )
  })

  test('zeros keep shapes and dtypes', () => {
    const like = zerosLike({
      a: tensor([1, 2], 'float64'),
      n: tensor(3, 'int32'),
      deep: { none: zeros([0]) },
    })
    expect(leaves(like).map(([path, x]) => [path, x.dtype, toNested(x)])).toEqual([
      ['a', 'float64', [0, 0]],
      ['n', 'int32', 0],
      ['deep.none', 'float32', []],
    ])
  })
})

describe('names that every object has are names like any other', () => {
  const tree: Tree = Object.fromEntries([
    ['__proto__', Object.fromEntries([['constructor', tensor(1)]])],
    ['toString', tensor(2)],
  ])

  test('they are kept, found and updated', () => {
    expect(leaves(tree).map(([path]) => path)).toEqual(['__proto__.constructor', 'toString'])
    const mapped = double(updateAny(tree, '__proto__.constructor', (x) => add(x, 4)))
    expect(toNested(lookupAny(mapped, '__proto__.constructor'))).toBe(10)
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype)
    expect(Object.keys(evaluate(tree))).toEqual(['__proto__', 'toString'])
  })

  test('they are not found where they are not given', () => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty'])
      expect(() => lookupAny({ W: tensor(1) }, name)).toThrow(
        `'${name}' is not a path of the tree: { W } has no '${name}'`,
      )
  })
})

test('what is a tree', () => {
  expect([tensor(1), {}, { a: { b: tensor(1) } }, Object.create(null)].map(isTree)).toEqual([
    true,
    true,
    true,
    true,
  ])
  const others = [
    null,
    undefined,
    1,
    'a',
    [],
    [tensor(1)],
    { a: 1 },
    { a: null },
    new Date(),
    new Map(),
    new Float32Array(0),
  ]
  expect(others.filter(isTree)).toEqual([])
})

const params = { fc1: { W: zeros([2, 3]), b: zeros([3]) }, scale: zeros([]) }
const loose = (tree: Tree): typeof params => tree as typeof params

test.each<[string, () => unknown]>([
  ["'fc1.w' is not a path of the tree: { W, b } has no 'w'", () => lookupAny(params, 'fc1.w')],
  ["'fc1.W.x' is not a path of the tree: a tensor [2, 3] has no 'x'", () => lookupAny(params, 'fc1.W.x')],
  ["'' is not the path of a tensor but of { fc1, scale }", () => lookupAny(params, '')],
  ["'fc1' is not the path of a tensor but of { W, b }", () => updateAny(params, 'fc1', (x) => x)],
  [
    "zipTrees: the trees differ at 'fc1': { W, b } and { W }",
    () => zipTrees(params, loose({ fc1: { W: zeros([2, 3]) }, scale: zeros([]) }), (x) => x),
  ],
  [
    "zipTrees: the trees differ at 'fc1': { W, b } and a tensor [1]",
    () => zipTrees(params, loose({ fc1: zeros([1]), scale: zeros([]) }), (x) => x),
  ],
  [
    'zipTrees: the trees differ at the root: { constructor } and { W }',
    () => zipTrees<Tree>({ constructor: zeros([]) }, { W: zeros([]) }, (x) => x),
  ],
  [
    'zipTrees: the trees differ at the root: { fc1, scale } and {}',
    () => zipTrees(params, loose({}), (x) => x),
  ],
  [
    "mapTree: 'fc1.W' is float32 [2, 3] and cannot become float32 []; transformTree puts anything in its place",
    () => mapTree(params, (x) => sum(x as Tensor)),
  ],
  [
    'mapTree: the tensor is float32 [] and cannot become float64 []; transformTree puts anything in its place',
    () => mapTree(params.scale, (x) => cast(x, 'float64')),
  ],
  [
    "zipTrees: 'fc1.b' is float32 [3] and cannot become float32 [2, 3]; transformTree puts anything in its place",
    () => zipTrees(params, params, (x) => (x.shape.length === 1 ? params.fc1.W : x)),
  ],
  [
    "update: 'fc1.b' is float32 [3] and cannot become float32 [2, 3]; transformTree puts anything in its place",
    () => update(params, 'fc1.b', (b) => add(b, params.fc1.W)),
  ],
  [
    "update: 'fc1.b' is float32 [3] and cannot become float64 [3]; transformTree puts anything in its place",
    () => update<Tree, string>(params, 'fc1.b', (b) => cast(b, 'float64')),
  ],
])('%s', (sentence, run) => {
  expect(run).toThrow(new TypeError(sentence))
})

test('types: paths, what is at them, and maps', () => {
  expectTypeOf<Path<typeof params>>().toEqualTypeOf<'fc1.W' | 'fc1.b' | 'scale'>()
  expectTypeOf<At<typeof params, 'fc1.b'>>().toEqualTypeOf<Tensor<readonly [3], 'float32'>>()
  expectTypeOf(lookup(params, 'fc1.W')).toEqualTypeOf<Tensor<readonly [2, 3], 'float32'>>()
  expectTypeOf(mapTree(params, (x) => x)).toEqualTypeOf<typeof params>()
  update(params, 'fc1.b', (b) => {
    expectTypeOf(b).toEqualTypeOf<Tensor<readonly [3], 'float32'>>()
    return b
  })
  expect(isTensor(lookup(params, 'scale'))).toBe(true)
})
