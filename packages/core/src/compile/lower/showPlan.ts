import { showShape } from '../../tensor/shape.ts'
import type { Kernel, Loop, MatrixView, Plan, Scalar, View } from '../plan.ts'
import { element } from './element.ts'

type Name = (buffer: number) => string

const shortDtype = { float32: '', float64: ' f64', int32: ' i32' } as const

function nameOf({ inputs, outputs, buffers }: Plan, buffer: number): string {
  const { place, length } = element(buffers, buffer)
  const slot = [...inputs, ...outputs].find((one) => one.buffer === buffer)
  if (slot !== undefined) return slot.name
  return place.kind === 'constant' ? `constant${buffer}[${length}]` : `t${buffer}`
}

const showView = ({ buffer, offset, strides }: View, name: Name): string =>
  `${name(buffer)}[${offset === 0 ? '' : `${offset} + `}${strides.join(', ')}]`

function showScalar(scalar: Scalar, show: (position: number) => string, loads: readonly string[]): string {
  switch (scalar.op) {
    case 'load':
      return element(loads, scalar.view)
    case 'constant':
      return String(scalar.value)
    case 'index':
      return `index(${scalar.axis})`
    default:
      return `${scalar.op}${shortDtype[scalar.dtype]}(${scalar.operands.map(show).join(', ')})`
  }
}

/** Each value of a loop as a term; those used more than once get a name of their own. */
function showCode({ code, loads, stores, reductions }: Loop, name: Name) {
  const uses = code.map(() => 0)
  const count = (position: number) => (uses[position] = element(uses, position) + 1)
  for (const scalar of code) if ('operands' in scalar) scalar.operands.forEach(count)
  for (const { value } of [...stores, ...reductions]) count(value)
  const shown = loads.map((view) => showView(view, name))
  const terms: string[] = []
  const named: string[] = []
  for (const [position, scalar] of code.entries()) {
    const term = showScalar(scalar, (operand) => element(terms, operand), shown)
    const isNamed = element(uses, position) > 1 && 'operands' in scalar
    if (isNamed) named.push(`v${position} = ${term}`)
    terms.push(isNamed ? `v${position}` : term)
  }
  return { terms, named }
}

function showLoop(loop: Loop, name: Name): string {
  const { axes, reduced, stores, reductions } = loop
  const { terms, named } = showCode(loop, name)
  const over = `loop ${showShape(axes)}${reduced.length === 0 ? '' : ` over ${reduced.join(', ')}`}`
  const written = stores.map(({ value, view }) => `${showView(view, name)} = ${element(terms, value)}`)
  const results = reductions.map(
    ({ op, value, view }) => `${showView(view, name)} = ${op} ${element(terms, value)}`,
  )
  return `${over}: ${[...named, ...written, ...results].join('; ')}`
}

const showMatrix = (view: MatrixView, name: Name): string => {
  const { buffer, offset, batchStride, rowStride, columnStride } = view
  return showView({ buffer, offset, strides: [batchStride, rowStride, columnStride] }, name)
}

function showKernel(kernel: Kernel, name: Name): string {
  switch (kernel.kind) {
    case 'loop':
      return showLoop(kernel, name)
    case 'matmul': {
      const { batch, m, n, k, a, b, out, epilogue } = kernel
      const product = `${name(out)} = ${showMatrix(a, name)} ${showMatrix(b, name)}`
      const then = epilogue === undefined ? '' : ` then ${showLoop(epilogue, name)}`
      return `matmul ${batch === 1 ? '' : `${batch} of `}${m} x ${k} x ${n}: ${product}${then}`
    }
    case 'gather':
    case 'scatterAdd': {
      const { outer, count, inner, items, source, indices, out } = kernel
      const sizes = `[${outer}, ${count}, ${inner}] ${items}`
      return `${kernel.kind} ${sizes}: ${name(out)} = ${name(source)} at ${name(indices)}`
    }
    case 'check':
      return `check ${kernel.what}: ${name(kernel.indices)} below ${kernel.size}`
    case 'random': {
      const { distribution, dtype, key, stream, out } = kernel
      return `random ${distribution} ${dtype}: ${name(out)} of ${name(key)}, ${name(stream)}`
    }
  }
}

/**
 * A plan for people: a line for each kernel, views as `name[offset + strides]`, and what lies where in the arena.
 *
 * A value that is used more than once has a name, `v3`; buffers of intermediate results are `t7`.
 */
export function showPlan(plan: Plan): string {
  const name: Name = (buffer) => nameOf(plan, buffer)
  const lines = plan.kernels.map((kernel) => showKernel(kernel, name))
  const placed = plan.buffers.flatMap(({ dtype, length, place }, buffer) =>
    place.kind === 'arena' ? [`${name(buffer)} ${dtype}[${length}] at ${place.offset}`] : [],
  )
  return [...lines, `arena ${plan.arenaBytes} bytes: ${placed.join(', ')}`].join('\n')
}
