import wabt from 'wabt'

const toolkit = await wabt()

/** The text of a module, by a disassembler that knows nothing of this assembler. */
export function disassemble(bytes: Uint8Array): string {
  const features = {
    simd: true,
    relaxed_simd: true,
    threads: true,
    bulk_memory: true,
    sat_float_to_int: true,
  }
  const module = toolkit.readWasm(bytes, { readDebugNames: false, check: true, ...features })
  try {
    return module.toText({})
  } finally {
    module.destroy()
  }
}

/** The lines of each function of a module: its first line, then its instructions. */
export const functionsOf = (bytes: Uint8Array): readonly (readonly string[])[] =>
  disassemble(bytes)
    .split(/^ {2}(?=\()/mu)
    .filter((part) => part.startsWith('(func'))
    .map((part) =>
      part
        .replace(/\)+\s*$/u, '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
