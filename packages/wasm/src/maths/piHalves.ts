/** pi/2: the nearest number, its upper 26 and lower 27 bits, and what it leaves out. */
export const piHalves = {
  rounded: 1.5707963267948966,
  upper: 1.5707963109016418,
  lower: 1.5893254712295857e-8,
  rest: 6.123233995736766e-17,
} as const

/** pi/2 in three parts of 33 bits, whose products with integers below 2^20 are exact, and the rest: e_rem_pio2.c of FreeBSD. */
export const piHalvesInParts = {
  parts: [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21],
  rest: 8.4784276603689e-32,
} as const
