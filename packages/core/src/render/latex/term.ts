/** How tightly a piece of an equation holds together; what is looser than its place gets parentheses. */
const tightness = { sum: 0, hadamard: 1, scaled: 2, product: 3, power: 4, application: 5 } as const

export type Tightness = keyof typeof tightness

/** A piece of an equation. */
export interface Term {
  readonly tex: string
  readonly tightness: Tightness
  /** What is written under the symbol, if it is a bare symbol, so that a superscript goes above that. */
  readonly symbol?: { readonly tex: string; readonly sizes: readonly number[] }
  /** The number and the rest, of a scaled term. */
  readonly scaled?: { readonly factor: string; readonly body: Term }
  /** What is negated, of a negative term. */
  readonly negated?: Term
  /** The condition without brackets, of a comparison. */
  readonly condition?: string
}

export const term = (tex: string, tightness: Tightness): Term => ({ tex, tightness })

const parenthesised = (tex: string): string => `(${tex})`

/** A term in a place that takes nothing looser than `least`. */
export const within = (inner: Term, least: Tightness): string =>
  tightness[inner.tightness] < tightness[least] ? parenthesised(inner.tex) : inner.tex

export const call = (name: string, ...operands: readonly Term[]): Term =>
  term(`${name}(${operands.map(({ tex }) => tex).join(', ')})`, 'application')

export const negative = (inner: Term): Term =>
  inner.negated ?? { tex: `-${within(inner, 'hadamard')}`, tightness: 'sum', negated: inner }

export const plus = (a: Term, b: Term): Term =>
  b.negated === undefined ? term(`${a.tex} + ${b.tex}`, 'sum') : minus(a, b.negated)

export const minus = (a: Term, b: Term): Term =>
  b.negated === undefined ? term(`${a.tex} - ${within(b, 'hadamard')}`, 'sum') : plus(a, b.negated)

export const hadamard = (a: Term, b: Term): Term => {
  const operand = (x: Term): string => (x.tightness === 'hadamard' ? x.tex : within(x, 'power'))
  return term(`${operand(a)} \\odot ${operand(b)}`, 'hadamard')
}

export const product = (a: Term, b: Term): Term => {
  const left =
    a.tightness === 'scaled' && a.scaled?.body.tightness !== 'hadamard' ? a.tex : within(a, 'product')
  return term(`${left}\\,${within(b, 'product')}`, 'product')
}

/** A number, or something that stands for one, times a term. */
export function scaled(number: Term, body: Term): Term {
  if (number.negated !== undefined) return negative(scaled(number.negated, body))
  if (body.negated !== undefined) return negative(scaled(number, body.negated))
  const inner = body.scaled?.body ?? body
  const own = within(number, 'scaled')
  const factor = body.scaled === undefined ? own : juxtaposed(own, body.scaled.factor)
  return {
    tex: juxtaposed(factor, within(inner, 'hadamard')),
    tightness: 'scaled',
    scaled: { factor, body: inner },
  }
}

const juxtaposed = (a: string, b: string): string => (/^[\d.]/.test(b) ? `${a} \\cdot ${b}` : `${a}\\,${b}`)

/** The symbol with its shape below, unless it is a number or shapes are left out. */
export const annotated = (tex: string, below: string | undefined): string =>
  below === undefined ? tex : `\\underset{${below}}{${tex}}`

/** A base that a superscript can follow; one that has a superscript gets braces. */
export const base = (tex: string): string => (/[\^']/.test(tex) ? `{${tex}}` : tex)
