import { sequence, type Code, type ValueType } from './code.ts'
import { writer, type Writer } from './writer.ts'

/** A local variable of a function. */
export interface Local {
  readonly type: ValueType
  readonly get: Code
  readonly set: (value: Code) => Code
  /** Sets it and leaves the value on the stack. */
  readonly tee: (value: Code) => Code
}

/** What a function takes and gives. */
export interface Signature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** A function of a module being built, imported or its own. */
export interface FunctionReference extends Signature {
  readonly call: (...operands: readonly Code[]) => Code
  /** Its number, for element segments; known when the module is assembled. */
  readonly index: () => number
}

/** What the body of a function is written with. */
export interface FunctionBuilder {
  readonly parameters: readonly Local[]
  readonly local: (type: ValueType) => Local
}

/** A module being built. Functions may be called before they are defined. */
export interface ModuleBuilder {
  readonly importMemory: (module: string, name: string, limits: MemoryLimits) => void
  readonly importTable: (module: string, name: string, minimum: number) => void
  readonly importFunction: (module: string, name: string, signature: Signature) => FunctionReference
  readonly define: (signature: Signature, body: (builder: FunctionBuilder) => Code) => FunctionReference
  /** A function whose body is given later, for functions that call each other. */
  readonly declare: (
    signature: Signature,
  ) => FunctionReference & { readonly body: (body: (builder: FunctionBuilder) => Code) => void }
  readonly export: (name: string, reference: FunctionReference) => void
  /** Puts functions into the imported table from a position on. */
  readonly elements: (position: number, references: readonly FunctionReference[]) => void
  /** Calls a function of the imported table. */
  readonly callTable: (signature: Signature, position: Code, ...operands: readonly Code[]) => Code
  /** A global i32 that can be set. */
  readonly globalI32: (initial: number) => Pick<Local, 'get' | 'set'>
  readonly assemble: () => Uint8Array<ArrayBuffer>
}

export interface MemoryLimits {
  /** In pages of 64 KiB. */
  readonly minimum: number
  readonly maximum: number
  readonly shared: boolean
}

const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
}

interface Definition {
  readonly type: number
  body: ((builder: FunctionBuilder) => Code) | undefined
}

const localAt = (index: number, type: ValueType): Local => {
  const at =
    (opcode: number): Code =>
    ({ out }) =>
      out.indexed(opcode, index)
  return {
    type,
    get: at(0x20),
    set: (value) => sequence(value, at(0x21)),
    tee: (value) => sequence(value, at(0x22)),
  }
}

function writeBody(
  out: Writer,
  parameters: readonly ValueType[],
  body: (builder: FunctionBuilder) => Code,
): void {
  const types: ValueType[] = []
  const code = body({
    parameters: parameters.map((type, index) => localAt(index, type)),
    local(type) {
      types.push(type)
      return localAt(parameters.length + types.length - 1, type)
    },
  })
  const runs: { count: number; readonly type: ValueType }[] = []
  for (const type of types) {
    const last = runs.at(-1)
    if (last?.type === type) last.count += 1
    else runs.push({ count: 1, type })
  }
  out.unsigned(runs.length)
  for (const { count, type } of runs) {
    out.unsigned(count)
    out.byte(typeCodes[type])
  }
  code({ out, depth: 0 })
  out.byte(0x0b)
}

function writeSection(out: Writer, id: number, entries: readonly ((section: Writer) => void)[]): void {
  if (entries.length === 0) return
  const section = writer()
  section.unsigned(entries.length)
  for (const entry of entries) entry(section)
  const bytes = section.written()
  out.byte(id)
  out.unsigned(bytes.length)
  out.bytes(bytes)
}

/** Begins a module. */
export function moduleBuilder(): ModuleBuilder {
  const types: Signature[] = []
  const typeNumbers = new Map<string, number>()
  const imports: ((section: Writer) => void)[] = []
  const exports: ((section: Writer) => void)[] = []
  const elementSegments: ((section: Writer) => void)[] = []
  const globals: number[] = []
  const definitions: Definition[] = []
  let imported = 0

  const typeOf = (signature: Signature): number => {
    const key = `${signature.parameters.join(' ')} -> ${signature.results.join(' ')}`
    const known = typeNumbers.get(key)
    if (known !== undefined) return known
    types.push(signature)
    typeNumbers.set(key, types.length - 1)
    return types.length - 1
  }
  const reference = ({ parameters, results }: Signature, index: () => number): FunctionReference => ({
    parameters,
    results,
    index,
    call: (...operands) => sequence(...operands, ({ out }) => out.indexed(0x10, index())),
  })
  const define = (signature: Signature, body: Definition['body']) => {
    const position = definitions.length
    const definition: Definition = { type: typeOf(signature), body }
    definitions.push(definition)
    return { definition, reference: reference(signature, () => imported + position) }
  }
  const importOf = (module: string, name: string, description: (section: Writer) => void) =>
    imports.push((section) => {
      section.name(module)
      section.name(name)
      description(section)
    })

  return {
    importMemory(module, name, { minimum, maximum, shared }) {
      importOf(module, name, (section) => {
        section.bytes([0x02, shared ? 0x03 : 0x01])
        section.unsigned(minimum)
        section.unsigned(maximum)
      })
    },
    importTable(module, name, minimum) {
      importOf(module, name, (section) => {
        section.bytes([0x01, 0x70, 0x00])
        section.unsigned(minimum)
      })
    },
    importFunction(module, name, signature) {
      const index = imported
      const type = typeOf(signature)
      imported += 1
      importOf(module, name, (section) => {
        section.byte(0x00)
        section.unsigned(type)
      })
      return reference(signature, () => index)
    },
    define: (signature, body) => define(signature, body).reference,
    declare(signature) {
      const { definition, reference: declared } = define(signature, undefined)
      return {
        ...declared,
        body: (body) => {
          definition.body = body
        },
      }
    },
    export(name, { index }) {
      exports.push((section) => {
        section.name(name)
        section.byte(0x00)
        section.unsigned(index())
      })
    },
    elements(position, references) {
      elementSegments.push((section) => {
        section.byte(0x00)
        section.byte(0x41)
        section.signed(position)
        section.byte(0x0b)
        section.unsigned(references.length)
        for (const { index } of references) section.unsigned(index())
      })
    },
    callTable(signature, position, ...operands) {
      const type = typeOf(signature)
      return sequence(...operands, position, ({ out }) => {
        out.byte(0x11)
        out.unsigned(type)
        out.byte(0x00)
      })
    },
    globalI32(initial) {
      const index = globals.length
      globals.push(initial)
      const at =
        (opcode: number): Code =>
        ({ out }) =>
          out.indexed(opcode, index)
      return { get: at(0x23), set: (value) => sequence(value, at(0x24)) }
    },
    assemble() {
      const out = writer()
      out.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
      // Writing a body may define more functions.
      const bodies: { readonly from: number; readonly to: number }[] = []
      const code = writer()
      for (let position = 0; position < definitions.length; position++) {
        const { body, type } = definitions[position] ?? {}
        if (body === undefined || type === undefined)
          throw new Error('a function of the module was declared but has no body')
        const from = code.length()
        writeBody(code, types[type]?.parameters ?? [], body)
        bodies.push({ from, to: code.length() })
      }
      writeSection(
        out,
        1,
        types.map(({ parameters, results }) => (section) => {
          section.byte(0x60)
          for (const list of [parameters, results]) {
            section.unsigned(list.length)
            for (const type of list) section.byte(typeCodes[type])
          }
        }),
      )
      writeSection(out, 2, imports)
      writeSection(
        out,
        3,
        definitions.map(
          ({ type }) =>
            (section) =>
              section.unsigned(type),
        ),
      )
      writeSection(
        out,
        6,
        globals.map((initial) => (section) => {
          section.bytes([0x7f, 0x01, 0x41])
          section.signed(initial)
          section.byte(0x0b)
        }),
      )
      writeSection(out, 7, exports)
      writeSection(out, 9, elementSegments)
      writeSection(
        out,
        10,
        bodies.map(({ from, to }) => (section) => {
          section.unsigned(to - from)
          section.bytes(code.written().subarray(from, to))
        }),
      )
      return out.written().slice()
    },
  }
}
