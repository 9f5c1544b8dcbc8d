// A thread of a pool. It is sent modules, gives their functions the places in a table of its own that they have in the
// main thread's, and takes part in jobs in between. It is plain JavaScript that imports nothing, so that the very file
// runs from the sources, as it is built, and in browsers.

/**
 * @typedef {{ readonly job: number, readonly done: number, readonly failed: number, readonly offered: number, readonly loaded: number, readonly reasonLength: number, readonly reason: number }} Control
 * @typedef {{ readonly position: number, readonly count: number }} Positions
 * @typedef {{ readonly kind: 'begin', readonly thread: number, readonly memory: { readonly buffer: SharedArrayBuffer }, readonly module: object, readonly control: Control }} Begin
 * @typedef {{ readonly kind: 'load', readonly program: number, readonly module: object, readonly position: number, readonly tableLength: number, readonly released: readonly Positions[] }} Load
 * @typedef {(message: Begin | Load) => void} Receive
 * @typedef {Record<string, Record<string, unknown>>} Imports
 * @typedef {{ readonly length: number, grow(count: number): void, set(position: number, value: unknown): void }} Table
 * @typedef {{
 *   readonly Instance: new (module: object, imports: Imports) => { readonly exports: Record<string, unknown> },
 *   readonly Module: { imports(module: object): { module: string, name: string, kind: string }[] },
 *   readonly Table: new (limits: { element: 'anyfunc', initial: number }) => Table,
 * }} Api
 * @typedef {{
 *   readonly WebAssembly: Api,
 *   readonly performance: { now(): number },
 *   readonly process?: { getBuiltinModule?(name: string): { readonly parentPort: { on(event: 'message', receive: Receive): void } } },
 *   addEventListener(event: 'message', receive: (event: { readonly data: Begin | Load }) => void): void,
 * }} Surroundings
 */

const surroundings = /** @type {Surroundings} */ (/** @type {unknown} */ (globalThis))
const { WebAssembly, performance, process } = surroundings
const clock = () => performance.now()

/**
 * @param {Begin} begin
 * @returns {(load?: Load) => void} receives a message after the first, and works until there is another
 */
function thread({ thread, memory, module, control }) {
  const words = new Int32Array(memory.buffer)
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 0 })
  const pool = new WebAssembly.Instance(module, { env: { memory, table, clock } }).exports
  const work = /** @type {(thread: number, received: number) => void} */ (pool['work'])
  let received = 0

  /** @param {Load} load */
  const load = ({ program, module, position, tableLength, released }) => {
    for (const { position: first, count } of released)
      for (let at = first; at < Math.min(first + count, table.length); at++) table.set(at, null)
    if (table.length < tableLength) table.grow(tableLength - table.length)
    /** @type {Imports} */
    const imports = {}
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      const mainThreadOnly = () => {
        throw new Error(`${from}.${name} can be called in the main thread only`)
      }
      imports[from] = { ...imports[from], ...(kind === 'function' ? { [name]: mainThreadOnly } : {}) }
    }
    imports['env'] = { ...imports['env'], memory, table, run: pool['run'] }
    const { exports } = new WebAssembly.Instance(module, imports)
    // Its functions are in the table from now on, which keeps them.
    for (const [name, stage] of Object.entries(exports)) {
      const number = /^stage(\d+)$/.exec(name)?.[1]
      if (number !== undefined) table.set(position + Number(number), stage)
    }
    Atomics.store(words, control.loaded / 4 + thread, program)
  }

  /** A chunk that trapped counts as done, or the main thread would wait for it. @param {unknown} error */
  const fail = (error) => {
    if (Atomics.add(words, control.failed / 4, 1) === 0) {
      const reason = String(error).slice(0, 900)
      const characters = new Uint16Array(memory.buffer, control.reason, reason.length)
      for (let at = 0; at < reason.length; at++) characters[at] = reason.charCodeAt(at)
      words[control.reasonLength / 4] = reason.length
    }
    Atomics.add(words, control.done / 4, 1)
    Atomics.notify(words, control.done / 4)
  }

  return (message) => {
    received += 1
    if (message !== undefined) load(message)
    while (received === Atomics.load(words, control.offered / 4))
      try {
        work(thread, received)
      } catch (error) {
        fail(error)
      }
  }
}

/** @type {((load?: Load) => void) | undefined} */
let receiveNext

/** @type {Receive} */
const receive = (message) => {
  const next = receiveNext
  // A thread that has missed a message is of no use any more.
  receiveNext = undefined
  if (message.kind === 'load') {
    next?.(message)
    receiveNext = next
  } else {
    const first = thread(message)
    first()
    receiveNext = first
  }
}

const port = process?.getBuiltinModule?.('node:worker_threads').parentPort
if (port === undefined)
  surroundings.addEventListener('message', ({ data }) => {
    receive(data)
  })
else port.on('message', receive)
