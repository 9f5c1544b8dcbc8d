const noBreak = '\u00A0'

/** Text in which no line ends within a figure: `98.7 %`, `5.7 s`, `274 of 274`, `fc1.W[0, 8]`. */
export const unbroken = (text: string): string =>
  text
    .replaceAll(/(\d) (?=%|s\b)/g, `$1${noBreak}`)
    .replaceAll(/(\d) of (?=\d)/g, `$1${noBreak}of${noBreak}`)
    .replaceAll(/\[[^\]\s]+(?:, [^\]\s]+)+\]/g, (index) => index.replaceAll(' ', noBreak))
