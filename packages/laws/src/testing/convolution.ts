import {
  concatenate,
  layer,
  matmul,
  computed,
  parameter,
  reshape,
  scatterAdd,
  slice,
  tensor,
  signature,
  zeros,
  xavierNormal,
  add,
  gather,
  type Float,
  type Net,
  type Tensor,
} from '@pullback/core'

/** The convolution of rows `[N, L]` with `filters` windows of `width`, by `stride`; output `[N, steps, filters]`. */
export function convolution(width: number, filters: number, stride: number): Net {
  const stepsOf = (L: number) => Math.floor((L - width) / stride) + 1
  const title = `convolution(${width}, ${filters}, ${stride})`
  const positions = (L: number) =>
    Array.from({ length: stepsOf(L) * width }, (_, at) => Math.floor(at / width) * stride + (at % width))
  return layer({
    kind: 'convolution',
    shape: computed(title, ['N', 'L'], ['N', 'steps', filters], (size) => {
      const L = Number(size('L'))
      return L >= width
        ? { _tag: 'Right', right: [size('N'), stepsOf(L), filters] }
        : { _tag: 'Left', left: `${title} takes rows of at least ${width}, not ${L}` }
    }),
    params: { W: parameter([width, filters], xavierNormal()) },
    forward: ({ W }, given) => {
      const x = given as Tensor
      const [N = 0, L = 0] = x.shape
      const windows: Tensor = reshape(gather(x, tensor(positions(L), 'int32') as never, 1), [
        N * stepsOf(L),
        width,
      ])
      return { output: reshape(matmul(windows, W), [N, stepsOf(L), filters]), cache: { windows, x } }
    },
    backward: ({ W }, { windows, x }, dOutput: Tensor) => {
      const [N = 0, L = 0] = x.shape
      const flat: Tensor = reshape(dOutput, [N * stepsOf(L), filters])
      const dWindows = reshape(matmul(flat, W, { transposeB: true }), [N, stepsOf(L) * width])
      return {
        dParams: { W: matmul(windows, flat, { transposeA: true }) },
        dInput: scatterAdd(dWindows, tensor(positions(L), 'int32') as never, L, 1),
      }
    },
  })
}

/** The sums of neighbours, `[N, L]` to `[N, L - 1]`, by slices. */
export const neighbours = (L: number): Net =>
  layer({
    kind: 'neighbours',
    shape: signature(`neighbours(${L})`, ['N', L], ['N', L - 1]),
    params: {},
    forward: (_, x) => {
      const N = x.shape[0] ?? 0
      return { output: add(slice(x, [0, N], [0, L - 1]), slice(x, [0, N], [1, L])), cache: {} }
    },
    backward: (_, __, dOutput) => {
      const zero = zeros([dOutput.shape[0] ?? 0, 1], dOutput.dtype)
      const before: Tensor = concatenate<Float>([dOutput, zero], 1)
      return { dParams: {}, dInput: add(before, concatenate<Float>([zero, dOutput], 1)) }
    },
  })
