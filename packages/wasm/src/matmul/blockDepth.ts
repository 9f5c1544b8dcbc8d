/** More products are not added up in one go: sums stay exact enough, and a panel of b fits into the nearest cache. */
const most = 512

/** How many of k products are summed before their sum is added to the result: it fixes the bits of every kernel. */
export const blockDepth = (k: number): number => 4 * Math.ceil(k / Math.max(1, Math.ceil(k / most)) / 4)
