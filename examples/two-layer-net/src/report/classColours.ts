/** A colour: red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

// Hues that people of all colour visions tell apart, on light and on dark ground, after Okabe and Ito,
// "Color universal design" (2008).
const palette: readonly Colour[] = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
  [148, 103, 189],
  [127, 127, 127],
  [188, 189, 34],
  [140, 86, 75],
]

/** The colour of a class by its number; after ten they begin anew. */
export const classColour = (number: number): Colour => palette[number % palette.length] ?? [127, 127, 127]

/** A colour in CSS. */
export const css = ([red, green, blue]: Colour): string => `rgb(${red}, ${green}, ${blue})`
