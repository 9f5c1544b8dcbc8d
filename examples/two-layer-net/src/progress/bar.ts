/** A bar of `width` characters of which a share is full: `[#####-----]`. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(Math.max(share, 0), 1) * width)
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}]`
}
