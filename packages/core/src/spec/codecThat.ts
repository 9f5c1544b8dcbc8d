import * as t from '#io'

/** The codec of the values that fulfil a condition; its name is what sentences say they should be. */
export const codecThat = <A>(name: string, is: (value: unknown) => value is A): t.Type<A> =>
  new t.Type<A>(
    name,
    is,
    (value, context) => (is(value) ? t.success(value) : t.failure(value, context)),
    t.identity,
  )
