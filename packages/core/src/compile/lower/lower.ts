import type { Kernel, Plan, Slot } from '../plan.ts'
import type { Program } from '../program.ts'
import { bufferTable } from './buffers.ts'
import { inPlaceOf } from './carrying.ts'
import { element } from './element.ts'
import { emitKernel } from './emitKernel.ts'
import { groupTasks } from './grouping.ts'
import { placeBuffers } from './memory.ts'
import { nodeOf, nodesOf } from './node.ts'
import { assertKernelCountable } from './positions.ts'
import { schedule } from './schedule.ts'
import { sharedBuffers } from './sharing.ts'
import { decideStoring } from './storing.ts'
import { listTasks } from './taskList.ts'

/** Whether a kernel leaves anything behind: what a loop computed may all have been taken over by its neighbours. */
const hasEffect = (kernel: Kernel): boolean =>
  kernel.kind !== 'loop' || kernel.stores.length + kernel.reductions.length > 0

/**
 * Plans a program: which kernels compute it, in which order, and where in memory everything is.
 *
 * @throws RangeError if an axis or a buffer has more than 2^31 - 1 positions
 */
export function lower(program: Program): Plan {
  const tensors = program.outputs.map(({ tensor }) => tensor)
  const nodes = nodesOf(tensors)
  decideStoring(
    [...nodes.values()],
    tensors.map((tensor) => nodeOf(nodes, tensor)),
  )
  const list = listTasks(program, nodes)
  const { groups, inPlace } = schedule(groupTasks(list.tasks), inPlaceOf(program.carried, list))
  const { buffers, bufferOf } = bufferTable(sharedBuffers(groups, inPlace))
  const inputs = program.inputs.map(({ name, shape, dtype }, index): Slot => ({
    name,
    shape,
    dtype,
    buffer: bufferOf(element(list.inputs, index)),
  }))
  const kernels = groups.map((group) => emitKernel(group, bufferOf)).filter(hasEffect)
  kernels.forEach(assertKernelCountable)
  const outputs = program.outputs.map(({ name, tensor: { shape, dtype } }, index): Slot => {
    return { name, shape, dtype, buffer: bufferOf(element(list.outputs, index)) }
  })
  return { inputs, outputs, carried: program.carried, kernels, ...placeBuffers(kernels, buffers) }
}
