import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  affine,
  fold,
  fromValues,
  l2,
  objective,
  randomNormal,
  evaluate,
  mapTree,
  relu,
  seed,
  sequential,
  softmaxCrossEntropy,
  type Net,
} from '@pullback/core'
import { checkGradient } from '@pullback/laws'
import { optionsOf } from '../command/options.ts'
import { inWords } from './inWords.ts'

const [N, D, H, C] = [5, 4, 10, 3] as const

const draw = (name: string, shape: readonly number[]) =>
  evaluate(randomNormal(fold(seed(0), name), shape, 'float64'))

/** The times that the check of the whole toy net takes, in milliseconds. */
function ownTimes(repetitions: number): readonly number[] {
  const net = sequential(['N', D], ['fc1', affine(D, H)], ['relu', relu()], ['fc2', affine(H, C)])
  const loss: Net = objective(net, softmaxCrossEntropy(C), { 'fc1.W': l2(0.1), 'fc2.W': l2(0.1) })
  const params = mapTree(loss.init(seed(0), { dtype: 'float64' }), ({ shape }, path) => draw(path, shape))
  const input = { input: draw('X', [N, D]), labels: fromValues([0, 2, 1, 1, 0], [N], 'int32') }
  return Array.from({ length: repetitions }, () => {
    const started = performance.now()
    checkGradient(loss, params, input)
    return performance.now() - started
  })
}

/** The times of torch.autograd.gradcheck for the same net, or the sentence that says why there are none. */
function torchTimes(repetitions: number): readonly number[] | string {
  const script = fileURLToPath(new URL('gradcheck.py', import.meta.url))
  const { status, stdout, stderr } = spawnSync('python3', [script, String(repetitions)], { encoding: 'utf8' })
  if (status === 0) return stdout.trim().split('\n').map(Number)
  return /No module named/.test(stderr ?? '') || status === null
    ? 'torch.autograd.gradcheck: skipped, as python3 with torch is not installed here (python3-torch in Debian)\n'
    : `torch.autograd.gradcheck failed: ${stderr}\n`
}

/**
 * How long the check of every gradient of the toy net takes, beside torch.autograd.gradcheck, on one thread.
 *
 *     node .workspace/long.mjs packages/laws/test/speed/main.ts --repetitions 50
 */
export function main(args: readonly string[]): number {
  const repetitions = optionsOf(args).number('repetitions', 50)
  process.stdout.write(`the gradients of a net of N=${N} D=${D} H=${H} C=${C} with L2, float64\n`)
  process.stdout.write(inWords('checkGradient', ownTimes(repetitions)))
  const torch = torchTimes(repetitions)
  process.stdout.write(typeof torch === 'string' ? torch : inWords('torch.autograd.gradcheck', torch))
  return 0
}
