/** Bytes under a name: a file, the body of a response, an array. */
export interface ByteSource {
  /** How the source is called in sentences about it. */
  readonly name: string
  /** The bytes in order, in pieces of any size; called once for every time that the source is read. */
  readonly bytes: () => AsyncIterable<Uint8Array>
}

/**
 * A source of bytes that are in memory, or of the UTF-8 bytes of a text; what the browser uses for a file it fetched.
 *
 * @param name how the source is called in sentences about it
 * @param content copied, so that changing it later changes nothing
 * @example
 * const iris = bytesSource('iris.csv', 'length,width,species\n5.1,3.5,setosa\n6.2,2.9,virginica\n')
 * const read = await readCsv(iris)()
 * read._tag // => 'Right'
 */
export function bytesSource(name: string, content: Uint8Array | string): ByteSource {
  // Not `slice`, which for a Buffer of Node copies nothing.
  const copy = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  return {
    name,
    bytes: async function* () {
      yield copy
    },
  }
}
