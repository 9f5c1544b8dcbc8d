/** A value, or what is wrong with what was given, in one sentence. */
export type Fallible<A> = { readonly value: A } | { readonly problem: string }

export const fine = <A>(value: A): Fallible<A> => ({ value })

export const wrong = (problem: string): Fallible<never> => ({ problem })
