import { chromiumFlags } from './chromium.ts'
import { launch } from './playwright.ts'
import { serve } from './serve.ts'

export type Place = 'worker' | 'window'

/** A browser on a page of the tests. */
export interface Page {
  /** What an exported function of a module of this folder returns, run in a web worker or in the window itself. */
  readonly run: (place: Place, file: string, name: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** Opens a page that is isolated from other origins, and may therefore share memory, or is not. */
export async function openPage(executablePath: string, isolated: boolean): Promise<Page> {
  const server = await serve(isolated)
  const browser = await launch(executablePath, chromiumFlags)
  const page = await browser.newPage()
  await page.goto(server.page)
  await page.waitForFunction('globalThis.runInWorker !== undefined')
  return {
    run: (place, file, name) => {
      const job = JSON.stringify({ module: server.module(file), name })
      return page.evaluate(`${place === 'worker' ? 'runInWorker' : 'runInWindow'}(${job})`)
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}
