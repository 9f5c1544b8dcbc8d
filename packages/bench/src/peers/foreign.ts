/**
 * Imports a package whose own declarations this workspace does not take: they need the types of a browser, or there
 * are none. Whoever imports it declares what it uses.
 */
export const foreign = async <T>(name: string): Promise<T> => (await import(name)) as T
