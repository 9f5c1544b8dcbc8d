/** Whether a node, input or parameter can have this name: it becomes a field of records and a part of paths. */
export const isName = (name: string): boolean => /^[A-Za-z_][\w-]*$/.test(name) && name !== '__proto__'

/** The sentence for a name that cannot be one; its twin for the type checker is in nodeTypes.ts. */
export const notAName = (name: string): string =>
  `'${name}' is not a name: a name is letters, digits, _ and -, and does not begin with a digit`
