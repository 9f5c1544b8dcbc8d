/** In which way a file is wrong. */
export type DataErrorKind =
  'missing' | 'unreadable' | 'gzip' | 'empty' | 'truncated' | 'trailing' | 'header' | 'count' | 'value'

/** What is wrong, before it is known in which file. */
export interface Fault {
  readonly kind: DataErrorKind
  /** Where in the file: `line 3, column 2`, `record 17`. */
  readonly at?: string
  readonly expected: string
  /** What was found, truncated. */
  readonly found: string
  /** What a person can do about it. */
  readonly remedy?: string
}

/** What is wrong with a file, as data and as one sentence. */
export interface DataError extends Fault {
  readonly file: string
  /** `file, place: expected this, found that; remedy`. */
  readonly message: string
}

/** The error of a fault in a file. */
export function dataError(file: string, fault: Fault): DataError {
  const place = fault.at === undefined ? file : `${file}, ${fault.at}`
  const remedy = fault.remedy === undefined ? '' : `; ${fault.remedy}`
  return { ...fault, file, message: `${place}: expected ${fault.expected}, found ${fault.found}${remedy}` }
}
