/** The name of a peer with its threads, which no other peer has. */
export const titleOf = ({ name, threads }: { readonly name: string; readonly threads: number }): string =>
  threads === 1 ? name : `${name}, ${threads} threads`
