import type { Tensor } from '@pullback/core'

/** The step that an update belongs to, an int32 scalar counted from 0. */
export type Step = Tensor<readonly [], 'int32'>

/**
 * A number that depends on the step alone, such as a learning rate: the scalar expression for the int32 scalar that
 * counts the updates before this one. Nothing is computed, so that one expression of a training step does for all steps.
 */
export type Schedule = (step: Step) => Tensor<readonly []>
