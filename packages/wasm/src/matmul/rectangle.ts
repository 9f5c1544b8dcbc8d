/** What the function of a kernel takes. */
export const rectangleParameters = [
  'a',
  'b',
  'out',
  'scratch',
  'rowFrom',
  'rowTo',
  'columnFrom',
  'columnTo',
] as const
