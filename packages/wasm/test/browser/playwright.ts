// What the tests use of playwright-core, whose own types want those of a browser.

export interface BrowserPage {
  readonly goto: (address: string) => Promise<unknown>
  readonly waitForFunction: (expression: string) => Promise<unknown>
  readonly evaluate: (expression: string) => Promise<unknown>
}

export interface Browser {
  readonly newPage: () => Promise<BrowserPage>
  readonly close: () => Promise<void>
}

interface Playwright {
  readonly chromium: {
    readonly launch: (options: {
      readonly executablePath: string
      readonly args: readonly string[]
    }) => Promise<Browser>
  }
}

const name: string = 'playwright-core'

/** Starts a browser. */
export async function launch(executablePath: string, args: readonly string[]): Promise<Browser> {
  const { chromium } = (await import(name)) as Playwright
  return chromium.launch({ executablePath, args })
}
