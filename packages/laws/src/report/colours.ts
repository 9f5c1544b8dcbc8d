/** How parts of a report are marked; each function gives its text alone where there are no colours. */
export interface Colours {
  readonly bad: (text: string) => string
  readonly good: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

const same = (text: string): string => text

/** No colours. */
export const plain: Colours = { bad: same, good: same, strong: same, faint: same }

const escape = (open: number, close: number) => (text: string) =>
  text === '' ? '' : `\u001B[${open}m${text}\u001B[${close}m`

/** The colours of a terminal (ECMA-48). */
export const ansi: Colours = {
  bad: escape(31, 39),
  good: escape(32, 39),
  strong: escape(1, 22),
  faint: escape(2, 22),
}

/** What is known of where a text goes. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * Whether a text that goes there has colours: `FORCE_COLOR` and `NO_COLOR` decide if they are set, in this order.
 *
 * Source: https://no-color.org and https://force-color.org
 */
export function hasColours({ isTTY = false, env = {} }: Terminal): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: forbidden, TERM: terminal } = env
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (forbidden !== undefined && forbidden !== '') return false
  return isTTY && terminal !== 'dumb'
}
