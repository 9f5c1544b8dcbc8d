import type { Place, Plan, Slot } from '@pullback/core'

/** An output whose storage becomes that of an input after a run, and the other way round. */
export interface Exchange {
  readonly input: number
  readonly target: number
  /** The outputs that are read from there. */
  readonly shown: readonly number[]
}

export const placeOf = ({ buffers }: Plan, { buffer }: Slot): Place => {
  const place = buffers[buffer]?.place
  if (place === undefined) throw new Error(`the plan has no buffer ${buffer}`)
  return place
}

/** The output whose storage an output is in, or undefined if it is in that of an input. */
export function targetOf(plan: Plan, output: number): number | undefined {
  const slot = plan.outputs[output]
  const place = slot && placeOf(plan, slot)
  return place?.kind === 'output' ? place.index : undefined
}

/** How values are carried that are not written in place: by an exchange, or a copy where two inputs become the same. */
export function carriesOf(plan: Plan) {
  const exchanges: Exchange[] = []
  const copies: { readonly from: number; readonly to: number }[] = []
  for (const { input, output } of plan.carried) {
    const target = targetOf(plan, output)
    const earlier = exchanges.find((one) => one.target === target)
    const shown = [...plan.outputs.keys()].filter((index) => targetOf(plan, index) === target)
    if (earlier !== undefined) copies.push({ from: earlier.input, to: input })
    else if (target !== undefined) exchanges.push({ input, target, shown })
    else {
      const slot = plan.outputs[output]
      const place = slot && placeOf(plan, slot)
      if (place?.kind === 'input' && place.index !== input) copies.push({ from: place.index, to: input })
    }
  }
  return { exchanges, copies }
}

/** The inputs that are written over by what is carried to them, before a step has come to its end. */
export const overwrittenInputs = (plan: Plan): readonly number[] =>
  plan.carried.flatMap(({ input, output }) => {
    const slot = plan.outputs[output]
    const place = slot && placeOf(plan, slot)
    return place?.kind === 'input' && place.index === input ? [input] : []
  })
