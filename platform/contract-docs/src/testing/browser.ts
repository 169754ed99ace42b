import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import type { TestContext } from 'vitest'

/** How somebody looks at a page. */
export interface Look {
  readonly colours: 'light' | 'dark'
  readonly width: number
}

/** A page that is open, with what it did that it should not have. */
export interface OpenedPage {
  readonly page: Page
  /** What the browser wrote into its console, and errors of scripts. */
  readonly complaints: readonly string[]
  /** Addresses of other hosts that the page asked for. */
  readonly foreign: readonly string[]
}

export interface TestBrowser extends AsyncDisposable {
  open(url: string, look?: Look): Promise<OpenedPage>
}

/**
 * Starts the Chromium of this machine, without a window and with no way to any other host, or skips the test that asks, saying how
 * to get one. With ASHLAR_REQUIRE_SERVERS=1, as in the checks before a merge, it fails instead.
 */
export async function openBrowser(context: TestContext, environment: NodeJS.ProcessEnv): Promise<TestBrowser> {
  const folders = (environment['PATH'] ?? '').split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const executablePath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
  if (executablePath === undefined) {
    const missing = 'no Chromium on this machine: apt-get install chromium'
    if (environment['ASHLAR_REQUIRE_SERVERS'] === '1') throw new Error(missing)
    return context.skip(missing)
  }
  const browser = await chromium.launch({
    executablePath,
    // root has no sandbox
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  })
  return {
    async open(url, { colours, width } = { colours: 'light', width: 1_280 }) {
      const page = await browser.newPage({ colorScheme: colours, viewport: { width, height: 900 } })
      const [complaints, foreign]: [string[], string[]] = [[], []]
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url())
        if (protocol !== 'data:' && origin !== new URL(url).origin) foreign.push(request.url())
      })
      await page.goto(url)
      return { page, complaints, foreign }
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}
