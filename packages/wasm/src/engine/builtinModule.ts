interface Process {
  readonly getBuiltinModule?: (name: string) => unknown
}

/** A module that is built into Node, or undefined elsewhere: importing it would keep this package out of browsers. */
export const builtinModule = <T>(name: `node:${string}`): T | undefined =>
  (globalThis as { readonly process?: Process }).process?.getBuiltinModule?.(name) as T | undefined
