import { join } from 'node:path'
import * as E from '#fp/Either'
import { fail, type Failure } from './failure.ts'
import { figures } from './report/figures.ts'
import type { Findings } from './report/findings.ts'
import { report } from './report/report.ts'
import { writeWhole } from './report/writeWhole.ts'

/** Writes the report and its figures; gives the path of the page. */
export async function writeReport(folder: string, findings: Findings): Promise<E.Either<Failure, string>> {
  const path = join(folder, 'report.html')
  const [page, json] = [await report(findings), figures(findings)]
  try {
    await writeWhole(join(folder, 'report.json'), json)
    await writeWhole(path, page)
    return E.right(path)
  } catch (thrown) {
    const { code } = thrown as { readonly code?: unknown }
    return fail(`the report cannot be written to ${folder} (${String(code)}); name another folder with --out`)
  }
}
