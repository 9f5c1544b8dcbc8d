/** One example of a file. Its code lies in the generated module where it lies in the file: same lines, same columns. */
export interface Block {
  /** The line above the code, counted from 1: the tag or the fence. */
  readonly opening: number
  readonly code: readonly string[]
}

/** Examples that share one scope, in the order of the page: one generated module. */
export interface Page {
  /** The file that the examples stand in, relative to the root. */
  readonly file: string
  readonly blocks: readonly Block[]
  /** Lines to be put before the code, such as the imports that a docstring leaves out. */
  readonly prelude: string
  /** Whether the module is run, or its last block type-checked only. */
  readonly runs: boolean
}

/** The position of an example in its file, as tests are named by it. */
export const placeOf = (page: Page, block: Block): string => `${page.file}:${block.opening}`
