/** How many examples, inputs, hidden units and classes a two-layer net is trained with. */
export interface Size {
  readonly name: string
  readonly N: number
  readonly D: number
  readonly H: number
  readonly C: number
}

/** The sizes of the table: CS231n's toy and spiral, batches of images, and a wide net. */
export const sizes: readonly Size[] = [
  { name: 'toy', N: 5, D: 4, H: 10, C: 3 },
  { name: 'spiral', N: 300, D: 2, H: 100, C: 3 },
  { name: 'mnist', N: 128, D: 784, H: 100, C: 10 },
  { name: 'cifar', N: 200, D: 3072, H: 50, C: 10 },
  { name: 'wide', N: 256, D: 3072, H: 1024, C: 10 },
]
