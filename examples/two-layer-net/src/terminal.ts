/** Where text goes. */
export interface Output {
  readonly write: (text: string) => unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** What the program knows of the world around it, handed to it so that tests can hand it another. */
export interface Terminal {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths start from. */
  readonly cwd: string
  /** Says that the person at the keyboard wants training to stop. */
  readonly interrupted: AbortSignal
}
