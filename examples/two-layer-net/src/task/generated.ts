import { fold, seed as keyOf } from '@pullback/core'
import { moons, spirals, split, type Dataset } from '@pullback/data'
import { grouped } from '../numbers/grouped.ts'
import type { Task } from './task.ts'

/** A task whose points are drawn from a seed, a quarter of each class set aside for validation. */
function drawn(title: string, points: Dataset, seed: number): Task {
  const shares = { train: 0.75, validation: 0.25 }
  const parts = split(points, shares, fold(keyOf(seed), 'split'), { stratified: true })
  return {
    title,
    ...parts,
    test: undefined,
    preparation: `${grouped(points.size)} points drawn from seed ${seed}`,
    standardised: false,
  }
}

const pointsPerClass = 200

/** Three interleaved spirals in the plane: D = 2, C = 3. */
export const spiralsTask = (seed: number): Task =>
  drawn('spirals', spirals(keyOf(seed), { pointsPerClass }), seed)

/** Two interleaving half circles in the plane: D = 2, C = 2. */
export const moonsTask = (seed: number): Task => drawn('moons', moons(keyOf(seed), { pointsPerClass }), seed)
