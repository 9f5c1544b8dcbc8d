import type { Measured } from '../run/outcome.ts'
import type { Result } from './result.ts'

const measured = (median: number, more: Partial<Measured> = {}): Measured => ({
  kind: 'measured',
  microseconds: { median, lowerQuartile: 0.9 * median, upperQuartile: 1.2 * median, count: 15 },
  deviation: 1.2e-7,
  agrees: true,
  startMilliseconds: 123.4,
  compileMilliseconds: undefined,
  againMilliseconds: undefined,
  peakBytes: 64 * 2 ** 20,
  ...more,
})

/** A result with every kind of outcome. */
export const exampleResult: Result = {
  machine: {
    processor: 'A <Processor>',
    cores: 2,
    memoryBytes: 8 * 2 ** 30,
    system: 'Linux 6',
    node: '20.19.0',
    date: '2026-01-02',
  },
  command: 'npm run bench -- --sizes toy,wide',
  rounds: 15,
  sizes: [
    { name: 'toy', N: 5, D: 4, H: 10, C: 3 },
    { name: 'wide', N: 256, D: 3072, H: 1024, C: 10 },
  ],
  rows: [
    {
      title: 'Pullback reference',
      family: 'Pullback',
      threads: 1,
      remark: 'the interpreter',
      outcomes: { toy: measured(281), wide: measured(4_560_000) },
    },
    {
      title: 'jitted',
      family: 'JavaScript',
      threads: 1,
      remark: undefined,
      outcomes: {
        toy: measured(1.764, { compileMilliseconds: 35.12, againMilliseconds: 6.54 }),
        wide: measured(10.4, { deviation: 0.02, agrees: false }),
      },
    },
    {
      title: 'PyTorch, 2 threads',
      family: 'Python',
      threads: 2,
      remark: undefined,
      outcomes: {
        toy: { kind: 'absent', reason: "No module named 'torch'" },
        wide: { kind: 'failed', reason: 'out of memory' },
      },
    },
    {
      title: 'products alone',
      family: 'floor',
      threads: 1,
      remark: undefined,
      outcomes: { toy: measured(0.5, { deviation: undefined }) },
    },
  ],
}
