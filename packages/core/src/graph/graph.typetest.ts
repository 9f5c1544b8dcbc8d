// What compiles, and what must not: the messages are recorded in __snapshots__/graph.typetest.txt.
import {
  addition,
  affine,
  concat,
  graph,
  initialConstant,
  int32,
  l2,
  layer,
  mul,
  objective,
  parallel,
  parameter,
  predict,
  relu,
  reshape,
  residual,
  sameShape,
  seed,
  sequential,
  shared,
  signature,
  softmaxCrossEntropy,
  valueAndGradient,
  type Dim,
  type Tensor,
} from '@pullback/core'

declare const loose: number
declare const either: 3 | 4
declare const name: string
declare const choice: boolean
declare const images: Tensor<readonly [128, 3072]>
declare const labels: Tensor<readonly [128], 'int32'>

const net = sequential(['N', 3072], ['fc1', affine(3072, 50)], ['relu', relu()], ['fc2', affine(50, 10)])
const loss = objective(net, softmaxCrossEntropy(10), { 'fc1.W': l2(1e-3), 'fc2.W': l2(1e-3) })
const params = net.init(seed(0))

export const weights: Tensor<readonly [50, 10]> = params.fc2.W

export const gradient: Tensor<readonly [50, 10]> = valueAndGradient(loss)(params, { input: images, labels })
  .gradients.fc2.W

export const logits: Tensor<readonly [Dim, 10]> = predict(net)(params, images)

// error: a layer that takes another size
export const wrongSize = sequential(
  ['N', 3072],
  ['fc1', affine(3072, 50)],
  ['relu', relu()],
  ['fc2', affine(49, 10)],
)

// error: a parameter in the wrong shape
export const wrongShape: Tensor<readonly [10, 50]> = params.fc2.W

// error: a parameter that is not there
export const noParameter = params.fc3

// error: relu has no parameters
export const noParameters = params.relu

// error: a typo in the path of a penalty
export const typo = objective(net, softmaxCrossEntropy(10), { 'fc1.w': l2(1e-3) })

// error: a loss of another number of classes
export const wrongLoss = objective(net, softmaxCrossEntropy(9), { 'fc1.W': l2(1e-3) })

// error: a loss that has no prediction
export const noLoss = objective(net, relu())

// error: an input without labels
export const noLabels = valueAndGradient(loss)(params, { input: images })

// error: float labels
export const floatLabels = valueAndGradient(loss)(params, { input: images, labels: images })

// error: images of another size
export const wrongImages = predict(net)(params, labels)

// error: the name of an earlier node
export const twice = sequential(['N', 3], ['fc1', affine(3, 5)], ['fc1', affine(5, 5)])

// error: the name of the input
export const inputName = sequential(['N', 3], ['input', affine(3, 5)])

// error: a name with a dot
export const dotted = sequential(['N', 3], ['a.b', affine(3, 5)])

// error: a name that records treat apart
export const proto = sequential(['N', 3], ['__proto__', affine(3, 5)])

// error: a name known only at run time
export const looseName = sequential(['N', 3], [name, affine(3, 5)])

// error: a size known only at run time
export const looseSize = sequential(['N', 3], ['a', affine(3, loose)])

// error: a size that is one of two
export const unionSize = sequential(['N', 3], ['a', affine(3, either)])

// error: another rank
export const wrongRank = sequential(['N', 'T', 3], ['a', affine(3, 4)])

export const skip = graph(
  ['N', 8],
  ['fc', affine(8, 8)],
  ['act', relu()],
  ['again', shared('fc')],
  ['sum', addition('body', 'skip'), { body: 'again', skip: 'input' }],
)

// error: an earlier node that is not there
export const dangling = graph(['N', 3], ['enc', affine(3, 5), 'b'])

// error: an earlier node that is not there among several
export const danglingInput = graph(
  ['N', 3],
  ['enc', affine(3, 3)],
  ['sum', addition('a', 'b'), { a: 'enc', b: 'inputs' }],
)

// error: a shared layer that is not there
export const nothingToShare = sequential(['N', 4], ['p', shared('q')])

// error: a shared layer that does not fit
export const sharedMisfit = sequential(['N', 4], ['p', affine(4, 3)], ['q', shared('p')])

// error: several inputs that do not fit together
export const several = graph(
  { x: ['N', 3], labels: int32('N') },
  ['fc', affine(3, 4), 'x'],
  ['loss', softmaxCrossEntropy(3), { logits: 'fc', labels: 'labels' }],
)

// error: two batches
export const batches = graph({ x: ['N', 3], labels: int32('M') }, [
  'loss',
  softmaxCrossEntropy(3),
  { logits: 'x', labels: 'labels' },
])

// error: float labels in a graph
export const floats = graph({ x: ['N', 3], labels: ['N'] }, [
  'loss',
  softmaxCrossEntropy(3),
  { logits: 'x', labels: 'labels' },
])

// error: an input of the layer that is not wired
export const unwired = graph({ x: ['N', 3] }, ['sum', addition('a', 'b'), { a: 'x' }])

// error: several inputs and no word which to read
export const unread = graph({ x: ['N', 3], y: ['N', 3] }, ['fc', affine(3, 4)])

export const block = residual(affine(3, 3))

// error: a residual body of another size
export const misfit = residual(affine(3, 4))

export const wide = parallel(['N', 4], ['left', affine(4, 2)], ['right', affine(4, 3)])

export const nested = sequential(['N', 4], ['wide', wide], ['fc', affine(5, 3)])

export const inner: Tensor<readonly [4, 3]> = nested.init(seed(0)).wide.right.W

// error: a net in a net that does not fit
export const misfitNested = sequential(['N', 4], ['wide', wide], ['fc', affine(6, 3)])

// error: a branch that does not fit
export const misfitBranch = parallel(['N', 4], ['left', affine(4, 2)], ['right', affine(3, 3)])

// error: one branch alone
export const alone = parallel(['N', 4], ['left', affine(4, 2)])

// error: two branches of one name
export const namesakes = parallel(['N', 4], ['a', affine(4, 2)], ['a', affine(4, 3)])

// error: a branch whose name is no name
export const digit = parallel(['N', 4], ['1a', affine(4, 2)], ['b', affine(4, 3)])

// error: a branch with the name of the join
export const joinName = parallel(['N', 4], ['concat', affine(4, 2)], ['b', affine(4, 3)])

// error: branches of a size that has only a name
export const named = parallel(['N', 'D'], ['a', relu()], ['b', relu()])

// error: a layer that is one of two
export const unionLayer = sequential(
  ['N', 2],
  ['a', choice ? affine(2, 2) : affine(2, 3)],
  ['b', affine(2, 5)],
)

// error: an entry that is one of two
export const unionEntry = sequential(['N', 2], choice ? ['a', affine(2, 2)] : ['z', affine(5, 2)])

// error: a loss that is one of two
export const unionLoss = objective(net, choice ? softmaxCrossEntropy(10) : softmaxCrossEntropy(9))

// error: a penalty that gives no scalar
export const noScalar = objective(net, softmaxCrossEntropy(10), { 'fc1.W': relu() })

// error: a penalty with parameters
export const learnedPenalty = objective(affine(2, 3), softmaxCrossEntropy(3), { W: affine(2, 3) })

// error: a branch with labels
export const labelled = parallel(
  ['N', 4],
  ['left', affine(4, 2)],
  ['right', objective(affine(4, 3), softmaxCrossEntropy(3))],
)

const square = layer({
  kind: 'square',
  shape: signature('square', ['N', 4], ['N', 2, 2]),
  params: {},
  forward: (_, x) => ({ output: reshape(x, [-1, 2, 2]), cache: {} }),
  backward: (_, __, dOutput) => ({ dParams: {}, dInput: reshape(dOutput, [-1, 4]) }),
})

// error: branches that do not join
export const misfitJoin = parallel(['N', 4], ['left', affine(4, 2)], ['right', square])

const joined = concat(['a', 999], ['b', 20007])

export const size: 21006 = joined.rule.gives[1]

// error: a sum of sizes
export const wrongSum: 21007 = joined.rule.gives[1]

// error: a backward that forgets a gradient
export const forgetful = layer({
  kind: 'scale',
  shape: sameShape('scale'),
  params: { s: parameter([], initialConstant(1)) },
  forward: ({ s }, x) => ({ output: mul(x, s), cache: { x } }),
  backward: ({ s }, _, dOutput) => ({ dParams: {}, dInput: mul(dOutput, s) }),
})

// error: a backward that reads what forward did not keep
export const uncached = layer({
  kind: 'square',
  shape: sameShape('square'),
  params: {},
  forward: (_, x) => ({ output: mul(x, x), cache: {} }),
  backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, x) }),
})
