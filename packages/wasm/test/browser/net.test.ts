import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, type Page } from './browser.ts'
import { chromiumPath } from './chromium.ts'
import { train } from './net.ts'

describe.skipIf(chromiumPath === undefined)('in a browser, /usr/bin/chromium or that of CHROMIUM', () => {
  describe.each([true, false])('on a page that is isolated: %s', (isolated) => {
    let page: Page | undefined

    beforeAll(async () => {
      if (chromiumPath !== undefined) page = await openPage(chromiumPath, isolated)
    })

    afterAll(() => page?.close())

    it.each(['worker', 'window'] as const)('trains in a %s, with the losses of Node', async (place) => {
      expect(await page?.run(place, 'net.ts', 'train')).toEqual(
        (await train()).map((loss) => expect.closeTo(loss, 5)),
      )
    })
  })
})
