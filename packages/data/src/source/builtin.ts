import type * as Files from 'node:fs'
import type * as Paths from 'node:path'
import type * as StreamPromises from 'node:stream/promises'
import type * as Zlib from 'node:zlib'

/** The part of the global `process` of Node through which built-in modules are reached. */
interface Host {
  readonly process?: { readonly getBuiltinModule?: typeof process.getBuiltinModule }
}

/**
 * A built-in module of Node, or undefined in a browser. Asked for at run time because a static or dynamic import of
 * `node:fs` would make bundlers for the browser fail even where only generated sets are used.
 */
export const builtin = ((name: string) => (globalThis as Host).process?.getBuiltinModule?.(name)) as {
  (name: 'node:fs'): typeof Files | undefined
  (name: 'node:path'): typeof Paths | undefined
  (name: 'node:stream/promises'): typeof StreamPromises | undefined
  (name: 'node:zlib'): typeof Zlib | undefined
}
