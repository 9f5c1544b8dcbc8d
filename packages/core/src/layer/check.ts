import { isLeft } from '#fp/Either'
import { match } from '../shape/match.ts'
import { isIntegerPattern, isPattern, showTakes, type Pattern, type Takes } from '../shape/pattern.ts'
import { isName, notAName } from '../shape/names.ts'
import type { ShapeRule } from '../shape/signature.ts'
import { isFloat } from '../tensor/dtype.ts'
import { showShape } from '../tensor/shape.ts'
import { isTensor, type AnyTensor } from '../tensor/tensor.ts'
import { isTree, leaves, type Tree } from '../tensor/tree.ts'
import type { LayerInput } from './layer.ts'
import type { Parameters } from './parameter.ts'

/** The error of a mistake that the types rule out, headed by the path of the node it is in. */
export const defect = (path: string | undefined, sentence: string): TypeError =>
  new TypeError(path === undefined || path === '' ? sentence : `${path}: ${sentence}`)

const patternOf = (tensor: AnyTensor): Pattern =>
  isFloat(tensor.dtype) ? tensor.shape : { dtype: 'int32', shape: tensor.shape }

/** The pattern that an input fits exactly: its sizes, and its dtype where that is int32. */
export const givenPattern = (input: LayerInput): Takes =>
  isTensor(input)
    ? patternOf(input)
    : Object.fromEntries(Object.entries(input).map(([name, tensor]) => [name, patternOf(tensor)]))

const floats = (tree: Tree) => leaves(tree).flatMap(([, { dtype }]) => (isFloat(dtype) ? [dtype] : []))

/** What a value that should be a tensor is instead. */
const notATensor = (value: unknown): string =>
  Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value

function checkTensors(title: string, input: unknown, path: string | undefined): void {
  if (isTensor(input)) return
  const isRecord = typeof input === 'object' && input !== null && !Array.isArray(input)
  const given: readonly (readonly [what: string, value: unknown])[] = isRecord
    ? Object.entries(input).map(([name, value]) => [`the input ${name}`, value])
    : [['its input', input]]
  const wrong = given.find(([, value]) => !isTensor(value))
  if (wrong === undefined) return
  const [what, value] = wrong
  throw defect(
    path,
    `${title}: ${what} is ${notATensor(value)}, not a tensor; make one with tensor or fromValues`,
  )
}

/** Throws unless an input fits the rule and is of the float type of the parameters. */
export function checkInput(rule: ShapeRule, params: Tree, input: LayerInput, path: string | undefined): void {
  checkTensors(rule.title, input, path)
  const applied = rule.apply(givenPattern(input))
  if (isLeft(applied)) throw defect(path, applied.left)
  const [expected] = floats(params)
  const other = floats(input).find((dtype) => dtype !== expected)
  if (expected !== undefined && other !== undefined)
    throw defect(
      path,
      `${rule.title} has ${expected} parameters but is given a ${other} input; convert one with cast`,
    )
}

/** Throws unless `given` has every declared parameter in its shape and nothing else; `what` says whose tree it is. */
export function checkParameters(
  what: string,
  parameters: Parameters,
  given: Tree,
  path: string | undefined,
): void {
  const record = isTensor(given) ? {} : given
  for (const [name, { shape }] of Object.entries(parameters)) {
    const found = Object.hasOwn(record, name) ? record[name] : undefined
    const wanted = `${name} ${showShape(shape)}`
    if (found === undefined) throw defect(path, `${what} should have ${wanted}, which is missing`)
    if (!isTensor(found) || match(shape, patternOf(found)) === undefined)
      throw defect(
        path,
        `${what} should have ${wanted} but has ${isTensor(found) ? showTakes(patternOf(found)) : 'a record'}`,
      )
  }
  const extra = Object.keys(record).find((name) => !Object.hasOwn(parameters, name))
  if (extra !== undefined)
    throw defect(path, `${what} has a tensor '${extra}' that the layer does not declare`)
}

/** Throws unless the output of forward is what the rule says. */
export function checkOutput(
  rule: ShapeRule,
  input: LayerInput,
  output: AnyTensor,
  path: string | undefined,
): void {
  const promised = rule.apply(givenPattern(input))
  if (isLeft(promised) || match(promised.right, patternOf(output))) return
  throw defect(
    path,
    `forward of ${rule.title} gives ${showTakes(patternOf(output))}, not ${showTakes(promised.right)}`,
  )
}

const withoutIntegers = (takes: Takes): Takes =>
  isPattern(takes)
    ? takes
    : Object.fromEntries(Object.entries(takes).filter(([, pattern]) => !isIntegerPattern(pattern)))

/** Throws unless the gradient by the input has the shapes of the float inputs, as far as the rule tells them. */
export function checkInputGradient(
  rule: ShapeRule,
  dOutput: AnyTensor,
  dInput: LayerInput | undefined,
  path: string | undefined,
): void {
  const { takes, gives, title } = rule
  if (isIntegerPattern(takes)) {
    if (dInput === undefined) return
    throw defect(path, `backward of ${title} should give no dInput, its input being int32`)
  }
  const expected = withoutIntegers(takes)
  if (dInput !== undefined && match(expected, givenPattern(dInput), match(gives, patternOf(dOutput)))) return
  const found = dInput === undefined ? 'none' : showTakes(givenPattern(dInput))
  throw defect(
    path,
    `backward of ${title} should give dInput ${showTakes(expected)} for dOutput ${showShape(dOutput.shape)} but gives ${found}`,
  )
}

/** Throws unless the gradient by the output has the shape of an output. */
export function checkOutputGradient(
  { title, gives }: ShapeRule,
  dOutput: AnyTensor,
  path: string | undefined,
): void {
  if (match(gives, patternOf(dOutput))) return
  throw defect(
    path,
    `backward of ${title} takes dOutput ${showTakes(gives)} but is given ${showShape(dOutput.shape)}`,
  )
}

/** Throws unless what backward is to read is a tree of tensors. */
export function checkCache(title: string, cache: Tree | undefined, path: string | undefined): void {
  if (!isTree(cache))
    throw defect(
      path,
      `forward of ${title} gives no cache; give {} where backward needs nothing from forward`,
    )
}

/** Throws unless the names of parameters, or of what a layer keeps as state, can be names. */
export function checkNames(title: string, what: string, record: object): void {
  const wrong = Object.keys(record).find((name) => !isName(name))
  if (wrong !== undefined) throw new TypeError(`${title}: of its ${what} ${notAName(wrong)}`)
}

/** Runs a function of a layer's author; what it throws is headed by the path of the node and the function's name. */
export function within<R>(path: string | undefined, what: string, run: () => R): R {
  try {
    return run()
  } catch (error) {
    if (path === undefined || !(error instanceof Error)) throw error
    const headed = new TypeError(`${path}: ${what}: ${error.message}`)
    headed.cause = error
    throw headed
  }
}
