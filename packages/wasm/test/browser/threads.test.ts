import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, type Page } from './browser.ts'
import { chromiumPath } from './chromium.ts'

describe.skipIf(chromiumPath === undefined)('in a browser, /usr/bin/chromium or that of CHROMIUM', () => {
  describe.each([
    { isolated: true, workers: 1, trouble: null },
    { isolated: false, workers: 0, trouble: 'memory cannot be shared with workers here' },
  ])('on a page that is isolated: $isolated', ({ isolated, workers, trouble }) => {
    let page: Page | undefined

    beforeAll(async () => {
      if (chromiumPath !== undefined) page = await openPage(chromiumPath, isolated)
    })

    afterAll(() => page?.close())

    it.each(['worker', 'window'] as const)(
      'runs all jobs in a %s, with as many threads as it may',
      async (place) => {
        expect(await page?.run(place, 'threads.ts', 'count')).toMatchObject({
          shared: isolated,
          relaxed: true,
          workers,
          trouble,
          failed: 0,
          wrong: 0,
          mostThreads: workers + 1,
        })
      },
    )

    it('says that memory cannot grow', async () => {
      expect(await page?.run('worker', 'threads.ts', 'overflow')).toContain(
        'RangeError: the wasm backend needs 8.0 MiB more memory',
      )
    })
  })
})
