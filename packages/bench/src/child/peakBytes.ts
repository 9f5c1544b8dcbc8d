import { readFileSync } from 'node:fs'

/**
 * The most memory that this process had. Where the system tells it by process, that is better than the usage of
 * resources, which on Linux begins with what the parent had when it started this process.
 */
export function peakBytes(): number {
  try {
    const peak = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (peak !== undefined) return 1024 * Number(peak)
  } catch {
    // not Linux
  }
  return 1024 * process.resourceUsage().maxRSS
}
