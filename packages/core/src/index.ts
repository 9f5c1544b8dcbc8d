export { derivative, type Direction } from './derivative/derivative.ts'
export { cost, type Cost } from './cost/cost.ts'
export { backendOf, type BackendChoice } from './backend/backendOf.ts'
export { backends, registerBackend } from './backend/registry.ts'
export type { Backend, Executable, Storage } from './compile/backend.ts'
export { compile, type Compiled, type CompileOptions } from './compile/compile.ts'
export { compileFold, type CompiledFold, type Folded, type FoldOptions } from './compile/fold/compileFold.ts'
export type { GivenTree, ShapedArray } from './compile/fold/given.ts'
export { lower } from './compile/lower/lower.ts'
export { showPlan } from './compile/lower/showPlan.ts'
export type * from './compile/plan.ts'
export type { Program, ProgramInput, ProgramOutput } from './compile/program.ts'
export { showProgram } from './compile/showProgram.ts'
export { simplify } from './compile/simplify/simplify.ts'
export { trace, type Carried, type TreeLike } from './compile/trace.ts'
export type { GivenInputs, InputShape, InputShapes, TracedInputs } from './compile/shapes.ts'
export { evaluate, isConstant, toArray, toNested, toNumber, type Bindings } from './evaluate/evaluate.ts'
export { normalCoefficients } from './evaluate/kernels/normalCoefficients.ts'
export { dependencyOrder } from './evaluate/order.ts'
export { graph, graphFrom, type Composed } from './graph/graph.ts'
export { isName } from './shape/names.ts'
export type { Entry } from './graph/nodeTypes.ts'
export { parallel, parallelFrom } from './graph/parallel.ts'
export type { Branch } from './graph/parallelTypes.ts'
export { residual, residualFrom, type Residual } from './graph/residual.ts'
export { sequential, sequentialFrom, type SequentialEntry } from './graph/sequential.ts'
export { shared, type Shared } from './graph/shared.ts'
export type { GraphNode, GraphStructure, Wiring } from './graph/structure.ts'
export { layer, type LayerContext, type LayerDeclaration } from './layer/define.ts'
export * from './layer/initializer.ts'
export type {
  Authored,
  Backward,
  Context,
  Forward,
  InputGradient,
  InputOf,
  Json,
  Layer,
  LayerInput,
  Mode,
  Net,
  ParamsOf,
  ShapesOf,
  TensorLike,
} from './layer/layer.ts'
export {
  declaredParameters,
  parameter,
  type Parameter,
  type Parameters,
  type ParameterTree,
  type TensorsOf,
} from './layer/parameter.ts'
export { addition, type Addition } from './layers/addition.ts'
export { affine, type AffineOptions } from './layers/affine.ts'
export { concat, type Concat, type ConcatInput } from './layers/concat.ts'
export { identity } from './layers/identity.ts'
export { l2 } from './layers/l2.ts'
export { relu } from './layers/relu.ts'
export { softmaxCrossEntropy } from './layers/softmaxCrossEntropy.ts'
export type { ComputeOptions } from './objective/computed.ts'
export { objective, objectiveFrom } from './objective/objective.ts'
export type {
  FittingLoss,
  Objective,
  ObjectiveInputs,
  Penalties,
  Penalty,
} from './objective/objectiveTypes.ts'
export { predict } from './objective/predict.ts'
export { differentiate, valueAndGradient, type ValueAndGradient } from './objective/valueAndGradient.ts'
export { toDot } from './render/dot.ts'
export { equations, type Equation, type EquationOptions, type Equations } from './render/equations.ts'
export { toMermaid } from './render/mermaid.ts'
export { aligned, toLatex } from './render/toLatex.ts'
export { expectShape } from './shape/expectShape.ts'
export {
  int32,
  isIntegerPattern,
  isPattern,
  shapeOf,
  showTakes,
  type IntegerPattern,
  type Pattern,
  type PatternRecord,
  type Takes,
} from './shape/pattern.ts'
export {
  computed,
  sameShape,
  signature,
  type Apply,
  type ShapeFunction,
  type ShapeRule,
  type Signature,
} from './shape/signature.ts'
export { coreKinds } from './spec/coreKinds.ts'
export { fromSpec } from './spec/fromSpec.ts'
export { initializerCodec } from './spec/initializerCodec.ts'
export { isObjective } from './spec/isObjective.ts'
export { layerKind, type LayerKind, type LayerKindDeclaration } from './spec/layerKind.ts'
export { finiteNumber, nonNegativeNumber, positiveInteger } from './spec/numbers.ts'
export { parseSpec } from './spec/parseSpec.ts'
export { registry, type Registry } from './spec/registry.ts'
export type { LayerSpec, Spec } from './spec/spec.ts'
export type { SpecError } from './spec/specError.ts'
export { toSpec } from './spec/toSpec.ts'
export { showSummary } from './summary/showSummary.ts'
export {
  summary,
  type Summary,
  type SummaryOptions,
  type SummaryRow,
  type Totals,
} from './summary/summary.ts'
export {
  fromValues,
  full,
  input,
  iota,
  ones,
  scalar,
  tensor,
  zeros,
  type Nested,
} from './tensor/construct.ts'
export {
  bytesPerElement,
  isFloat,
  type ArrayOf,
  type Dtype,
  type Float,
  type TypedArray,
} from './tensor/dtype.ts'
export {
  abs,
  add,
  cast,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  sub,
  tanh,
  where,
  type BinaryOperator,
  type Comparison,
  type FloatFunction,
  type NumberFunction,
} from './tensor/elementwise.ts'
export type { Expression, ExpressionOf, Op, Primitives, Rules } from './tensor/expression.ts'
export { gather, oneHot, scatterAdd } from './tensor/indexing.ts'
export { matmul, type MatmulOptions } from './tensor/matmul.ts'
export { broadcastTo, concatenate, reshape, slice, transpose } from './tensor/movement.ts'
export { permutation } from './tensor/permutation.ts'
export { fold, randomBits, randomNormal, randomUniform, seed, type Key } from './tensor/random.ts'
export {
  argmax,
  max,
  mean,
  min,
  sum,
  type ReductionOperator,
  type ReductionOptions,
} from './tensor/reduce.ts'
export { elementCount, showShape, type Dim, type Shape, type Sizes } from './tensor/shape.ts'
export { isTensor, type AnyTensor, type Tensor } from './tensor/tensor.ts'
export {
  additive,
  foldTree,
  isTree,
  leaves,
  lookup,
  lookupAny,
  updateAny,
  mapTree,
  transformTree,
  update,
  zerosLike,
  zipTrees,
  type At,
  type Mapped,
  type Path,
  type Tree,
  type TreeRecord,
} from './tensor/tree.ts'
export type { Values } from './tensor/values.ts'
