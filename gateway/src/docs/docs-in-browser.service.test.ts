import { openBrowser, type OpenedPage } from '@ashlar/contract-docs/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '../contracts.ts'
import { openGround, type Ground } from '../testing/ground.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround({ contracts, environment: { GATEWAY_INTERNAL_DOCS: 'on' } })
})
afterAll(() => ground[Symbol.asyncDispose]())

const pages = [
  ['/docs', 'section.card', 'orders.v1'],
  ['/docs/rest.html', '.opblock', '/v1/orders/{orderId}/cancellation'],
  ['/docs/orders.v1/rpc.html', '.opblock', '/rpc/orders.v1/placeOrder'],
  ['/docs/orders.v1/events.html', '#OrderPlaced', 'orders.order-placed.v1'],
] as const
const looks = [
  { colours: 'light', width: 1_280 },
  { colours: 'dark', width: 390 },
] as const

describe.each(looks)('in a browser that knows no other host, $colours and $width wide', (look) => {
  it('every kind of page shows what it should and asks nobody else', async (context) => {
    await using browser = await openBrowser(context, process.env)
    for (const [path, place, hasText] of pages) {
      const { page, complaints, foreign } = await browser.open(ground.url + path, look)
      await page.locator(place, { hasText }).first().waitFor()
      expect([path, ...complaints, ...foreign]).toEqual([path])
      const { overflow, brightness, ink } = await page.locator(place).first().evaluate(looksOf)
      expect([path, overflow]).toEqual([path, 0])
      expect([path, look.colours, brightness > 0.5]).toEqual([path, look.colours, look.colours === 'light'])
      expect([path, Math.abs(ink - brightness) > 0.5]).toEqual([path, true])
      await page.close()
    }
  })
})

it('lets somebody try a request, which the gateway itself answers', async (context) => {
  await using browser = await openBrowser(context, process.env)
  const opened = await browser.open(`${ground.url}/docs`)
  await opened.page.locator('section[id="catalogue.v1"]').getByText('REST', { exact: true }).click()
  await tryProducts(opened)
  expect(opened.foreign).toEqual([])
  // what the browser itself says of an answer that is no good
  expect(opened.complaints.filter((one) => !one.includes('status of 503'))).toEqual([])
})

async function tryProducts({ page }: OpenedPage): Promise<void> {
  await page.locator('.opblock', { hasText: 'listProducts' }).locator('.opblock-summary').click()
  await page.getByText('Try it out').click()
  await page.getByText('Execute', { exact: true }).click()
  // no catalogue runs here
  await page.locator('.live-responses-table').getByText('503').first().waitFor()
  await page.locator('.live-responses-table').getByText('unavailable').first().waitFor()
}

/** Runs in the page: how far it is wider than the window, and how bright its ground and the ink of something on it are, from 0 to 1. */
function looksOf(something: object): { overflow: number; brightness: number; ink: number } {
  const { document, innerWidth, getComputedStyle } = globalThis as unknown as {
    document: { documentElement: { scrollWidth: number }; body: object }
    innerWidth: number
    getComputedStyle: (element: object) => { backgroundColor: string; color: string }
  }
  const brightnessOf = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return (red + green + blue) / 3 / 255
  }
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    brightness: brightnessOf(getComputedStyle(document.body).backgroundColor),
    ink: brightnessOf(getComputedStyle(something).color),
  }
}
