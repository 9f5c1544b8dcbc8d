const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
}

const escaped = (character: string): string =>
  escapes[character] ?? (/[ -~]/.test(character) ? `\\${character}` : '?')

/** A word as LaTeX prints it upright, whatever its characters. */
export const upright = (word: string): string =>
  /^[A-Za-z0-9.]+$/.test(word)
    ? `\\mathrm{${word}}`
    : `\\text{${word.replace(/\s/g, ' ').replace(/[^\w .,()=:+\-/*]|_/gu, escaped)}}`

/** A name as a symbol: one letter in italics, a longer word upright, a number at its end as a subscript. */
export function symbolOf(name: string): string {
  const { word = name, digits } = /^(?<word>[A-Za-z]+)(?<digits>\d+)$/.exec(name)?.groups ?? {}
  const base = /^[A-Za-z]$/.test(word) ? word : upright(word)
  return digits === undefined ? base : `${base}_{${digits}}`
}
