import { coreKinds, parseSpec, registry, shapeOf, showShape, type Net } from '@pullback/core'
import { readFile } from 'node:fs/promises'
import * as E from '#fp/Either'
import { refuse, type Failure } from '../failure.ts'

/** Why a net does not fit data of D numbers an example and C classes, if so. */
export function misfit(net: Net, D: number, C: number): string | undefined {
  if (net.kind === 'objective')
    return 'it holds an objective; the loss is added here, so write the layers before it alone'
  const applied = net.rule.apply(['N', D])
  if (E.isLeft(applied)) return `it does not take the data, which are [N, ${D}]: ${applied.left}`
  const gives = showShape(shapeOf(applied.right))
  return gives === `[N, ${C}]` ? undefined : `it gives ${gives}, but ${C} classes need [N, ${C}]`
}

async function textOf(path: string): Promise<E.Either<Failure, string>> {
  try {
    return E.right(await readFile(path, 'utf8'))
  } catch (thrown) {
    const { code } = thrown as { readonly code?: unknown }
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder, not a file',
      EACCES: 'it may not be read',
    }
    return refuse(`--spec ${path}: ${reasons[String(code)] ?? `it cannot be read (${String(code)})`}`)
  }
}

/** The net of a JSON spec, for data of D numbers an example and C classes; or what is wrong with it. */
export async function specNet(path: string, D: number, C: number): Promise<E.Either<Failure, Net>> {
  const text = await textOf(path)
  if (E.isLeft(text)) return text
  const parsed = parseSpec(registry(...coreKinds))(text.right)
  if (E.isLeft(parsed)) return refuse(`--spec ${path}: ${parsed.left.message}`)
  const reason = misfit(parsed.right, D, C)
  return reason === undefined ? parsed : refuse(`--spec ${path}: ${reason}`)
}
