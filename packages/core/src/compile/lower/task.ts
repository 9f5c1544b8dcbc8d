import type { Reduction } from '../plan.ts'
import type { Reach } from './access.ts'
import type { Cell } from './cell.ts'
import type { Fragment } from './fragment.ts'
import type { Group } from './group.ts'
import type { Node } from './node.ts'

interface Scheduled {
  /** The kernel that does it. */
  group: Group | undefined
  readonly reads: readonly Cell[]
  /** What must have been done before it for another reason than that it reads its result. */
  readonly after: readonly Task[]
}

/** One value computed for every position of a loop, and stored. */
export interface StoreTask extends Scheduled {
  readonly kind: 'store'
  readonly fragment: Fragment
  readonly cell: Cell
  readonly to: Reach
  /** Whether it writes all of the cell, each element at its own position. */
  readonly whole: boolean
}

/** One value computed for every position of a loop, and reduced over some of its dims. */
export interface ReduceTask extends Scheduled {
  readonly kind: 'reduce'
  readonly fragment: Fragment
  readonly cell: Cell
  readonly to: Reach
  readonly op: Reduction['op']
  readonly reduced: readonly number[]
}

/** A kernel other than a loop. */
export interface KernelTask extends Scheduled {
  readonly kind: 'kernel'
  readonly node: Node
  readonly cell: Cell
}

/** The check of indices. */
export interface CheckTask extends Scheduled {
  readonly kind: 'check'
  readonly what: 'gather' | 'scatterAdd' | 'oneHot'
  readonly size: number
  readonly indices: Cell
}

export type LoopTask = StoreTask | ReduceTask
export type Task = LoopTask | KernelTask | CheckTask
