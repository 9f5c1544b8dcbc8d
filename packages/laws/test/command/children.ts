import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * Runs this command again in `count` processes, each told its share of the work; what they print comes back line by line.
 *
 * @param more arguments for all of them
 * @returns whether all of them ended well
 */
export async function inProcesses(
  count: number,
  onLine: (line: string) => void,
  more: readonly string[] = [],
): Promise<boolean> {
  const codes = Array.from({ length: count }, async (_, index) => {
    const args = [...process.argv.slice(1), ...more, '--worker', `${index}/${count}`]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface({ input: child.stdout }).on('line', onLine)
    return new Promise<number>((resolve) => {
      child.on('close', (code) => resolve(code ?? 1))
    })
  })
  return (await Promise.all(codes)).every((code) => code === 0)
}
