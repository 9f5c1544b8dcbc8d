import { stridesOf } from '../../tensor/shape.ts'
import type { Cell } from './cell.ts'
import { sameLoad, sameReach } from './codeList.ts'
import { element } from './element.ts'
import { fitsEpilogue } from './epilogue.ts'
import type { Group } from './group.ts'
import { dimsOf } from './access.ts'
import type { LoopTask, Task } from './task.ts'

const most = { operations: 64, loads: 12, tasks: 12, light: 4096 }
/** How many of the kernels of one iteration space are tried. */
const tried = 8

const groupOf = ({ group }: Task): Group => {
  if (group === undefined) throw new Error('a task comes before what it needs')
  return group
}

const isMatmul = (task: Task): boolean =>
  task.kind === 'kernel' && task.node.tensor.expression.op === 'matmul'

/** The task that computes all of a cell, of which a loop may have each element in a register. */
function wholeWriter({ writers: [first, ...others] }: Cell): Task | undefined {
  if (first === undefined || others.length > 0) return undefined
  if (first.kind === 'store') return first.whole ? first : undefined
  return isMatmul(first) ? first : undefined
}

/** The kernels that a task may be done in at the same positions as what it reads, and the first that comes after the rest. */
function earliest(task: Task): { readonly from: number; readonly beside: ReadonlySet<Group> } {
  let from = 0
  const beside = new Set<Group>()
  const elsewhere = new Set<Cell>()
  if (task.kind === 'store' || task.kind === 'reduce') {
    const own = { offset: 0, strides: stridesOf(task.fragment.dims) }
    for (const load of task.fragment.loads) if (!sameReach(load, own)) elsewhere.add(load.cell)
  }
  for (const cell of task.reads) {
    const whole = elsewhere.has(cell) ? undefined : wholeWriter(cell)
    for (const writer of cell.writers) {
      const group = groupOf(writer)
      from = Math.max(from, whole === writer ? group.position : group.position + 1)
      if (whole === writer) beside.add(group)
    }
  }
  for (const other of task.after) from = Math.max(from, groupOf(other).position + 1)
  return { from, beside }
}

/** How many loads a kernel would have to do for a task that it does not do yet. */
const loadsAdded = (group: Group, { fragment: { loads } }: LoopTask): number =>
  loads.filter((load) => !group.loads.some((other) => sameLoad(other, load))).length

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, position) => one === b[position])

/** Whether little is kept in memory if a task is done before it need be. */
const isLight = (task: LoopTask): boolean => task.kind === 'reduce' || task.cell.length <= most.light

const readsInput = ({ reads }: Task): boolean => reads.some(({ source }) => source.kind === 'input')

/**
 * Whether a kernel can do a task as well: it has what the task reads in registers, loads it too, or neither reads an
 * input, which it would keep from being overwritten by what is carried to it.
 */
function accepts(group: Group, task: LoopTask, beside: ReadonlySet<Group>): boolean {
  if (group.loop.length >= most.tasks) return false
  if (group.operations + task.fragment.code.length > most.operations) return false
  const added = loadsAdded(group, task)
  if (group.loads.length + added > most.loads) return false
  if (group.head !== undefined)
    return (
      group.head.kind === 'kernel' && beside.has(group) && fitsEpilogue(task, group.head.node.tensor.shape)
    )
  if (task.kind === 'reduce' && group.reduced !== undefined && !sameNumbers(group.reduced, task.reduced))
    return false
  return (
    beside.has(group) ||
    added < task.fragment.loads.length ||
    (isLight(task) && !group.readsInput && !readsInput(task))
  )
}

function join(group: Group, task: LoopTask): void {
  task.group = group
  group.loop.push(task)
  group.operations += task.fragment.code.length
  group.readsInput ||= readsInput(task)
  for (const load of task.fragment.loads)
    if (!group.loads.some((other) => sameLoad(other, load))) group.loads.push(load)
  if (task.kind === 'reduce') group.reduced = task.reduced
}

/** The tasks in an order in which they can be done, matrix products as late as possible, so that what can be done with their results is ready. */
function* inOrder(tasks: readonly Task[]): Generator<Task> {
  const waiting = new Map<Task, number>()
  const followers = new Map<Task, Task[]>()
  const soon: Task[] = []
  const late: Task[] = []
  const enqueue = (task: Task) => (task.kind === 'kernel' ? late : soon).push(task)
  for (const task of tasks) {
    const needed = new Set([...task.after, ...task.reads.flatMap(({ writers }) => writers)])
    waiting.set(task, needed.size)
    for (const one of needed) {
      const list = followers.get(one)
      if (list === undefined) followers.set(one, [task])
      else list.push(task)
    }
    if (needed.size === 0) enqueue(task)
  }
  for (let done = 0, doneLate = 0; done < soon.length || doneLate < late.length;) {
    const task = done < soon.length ? element(soon, done++) : element(late, doneLate++)
    yield task
    for (const follower of followers.get(task) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1
      waiting.set(follower, left)
      if (left === 0) enqueue(follower)
    }
  }
}

/** Puts tasks together into kernels, each as early as it can be fused. */
export function groupTasks(tasks: readonly Task[]): readonly Group[] {
  const groups: Group[] = []
  const bySpace = new Map<string, Group[]>()
  const open = (head: Group['head'], dims: readonly number[]): Group => {
    const group: Group = {
      head,
      loop: [],
      dims,
      reduced: undefined,
      position: groups.length,
      operations: 0,
      readsInput: false,
      loads: [],
    }
    groups.push(group)
    if (head !== undefined && !isMatmul(head)) return group
    const key = dims.join(' ')
    const bucket = bySpace.get(key)
    if (bucket === undefined) bySpace.set(key, [group])
    else bucket.push(group)
    return group
  }
  for (const task of inOrder(tasks)) {
    if (task.kind === 'kernel' || task.kind === 'check') {
      task.group = open(task, task.kind === 'kernel' ? dimsOf(task.node.tensor.shape) : [])
      continue
    }
    const { from, beside } = earliest(task)
    const candidates = (bySpace.get(task.fragment.dims.join(' ')) ?? [])
      .slice(-tried)
      .filter((group) => group.position >= from && accepts(group, task, beside))
    const shares = (one: Group) => loadsAdded(one, task) < task.fragment.loads.length
    const group =
      candidates.findLast((one) => beside.has(one)) ?? candidates.findLast(shares) ?? candidates.at(-1)
    join(group ?? open(undefined, task.fragment.dims), task)
  }
  return groups
}
