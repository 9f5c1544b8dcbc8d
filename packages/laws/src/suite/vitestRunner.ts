/** What is needed of vitest. */
interface Runner {
  readonly describe: (name: string, body: () => void) => void
  readonly test: (name: string, body: () => void | Promise<void>) => void
}

const isVitest = (): boolean => {
  const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } }
  return process?.env?.['VITEST'] !== undefined || '__vitest_worker__' in globalThis
}

/** Vitest, within its runs: it is an optional peer, and elsewhere not worth the time that loading it takes. */
export const vitestRunner: Runner | undefined = isVitest()
  ? await import('vitest').catch(() => undefined)
  : undefined
