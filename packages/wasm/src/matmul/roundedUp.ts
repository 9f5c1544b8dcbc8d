export const roundedUp = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple
