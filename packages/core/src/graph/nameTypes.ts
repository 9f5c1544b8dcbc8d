type Letter =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'
  | '_'
type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

type IsTail<S extends string> = S extends ''
  ? true
  : S extends `${infer Head}${infer Rest}`
    ? Lowercase<Head> extends Letter | Digit | '-'
      ? IsTail<Rest>
      : false
    : false

/** Whether a node can have this name: the twin of `isName`. */
export type IsName<S extends string> = S extends '__proto__'
  ? false
  : S extends `${infer Head}${infer Rest}`
    ? Lowercase<Head> extends Letter
      ? IsTail<Rest>
      : false
    : false
