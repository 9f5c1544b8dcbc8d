/** For how long a thread looks for what it waits for before it sleeps: about what it costs to wake it. */
export const awakeMicroseconds = 70

/** How often it looks before it looks at the clock, which is slower: for about a microsecond. */
export const looksPerClock = 500
