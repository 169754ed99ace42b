import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocsSite } from './docs-file.ts'
import { docsSite } from './docs-site.ts'
import { openBrowser } from './testing/browser.ts'
import { teaDocs } from './testing/tea-docs.ts'

// a server of files that knows nothing of us: the policy is what stands in the pages
const server = createServer((request, response) => {
  const file = site.get((request.url ?? '').slice(1))
  if (file === undefined) return void response.writeHead(404).end()
  file.read().then(
    (content) => response.writeHead(200, { 'content-type': file.type }).end(content),
    () => response.writeHead(500).end(),
  )
})
let site: DocsSite
let url: string
let tea: Awaited<ReturnType<typeof teaDocs>>
beforeAll(async () => {
  tea = await teaDocs()
  site = await docsSite({ ...tea, readers: 'internal', served: 'from-folder' })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await tea[Symbol.asyncDispose]()
})

it('shows in REST and between services what is deprecated, and offers no request that nobody answers', async (context) => {
  await using browser = await openBrowser(context, process.env)
  const rest = await browser.open(`${url}/rest.html`)
  await rest.page.locator('.opblock-deprecated', { hasText: '/v1/old-teas/{teaId}' }).locator('.opblock-summary').click()
  await rest.page.getByText('Warning: Deprecated').waitFor()
  await rest.page.locator('.opblock-deprecated').getByText('2027-05-01').first().waitFor()
  expect(await rest.page.getByText('Try it out').count()).toBe(0)
  const rpc = await browser.open(`${url}/teahouse.v1/rpc.html`)
  await rpc.page.locator('.opblock-deprecated', { hasText: 'lookUpTea' }).waitFor()
  expect(await rpc.page.locator('.opblock').count()).toBe(3)
  expect([...rest.complaints, ...rest.foreign, ...rpc.complaints, ...rpc.foreign]).toEqual([])
})

it('shows messages without any script, and what is deprecated among them', async (context) => {
  await using browser = await openBrowser(context, process.env)
  const { page, complaints, foreign } = await browser.open(`${url}/index.html`)
  await page.locator('section[id="teahouse.v1"]').getByText('Messages').click()
  await page.locator('#TeaSpilt').getByText('Deprecated since 2026-11-01').waitFor()
  expect(await page.locator('script').count()).toBe(0)
  await page.locator('#TeaBrewed').getByText('Leaf').click()
  expect(page.url()).toBe(`${url}/teahouse.v1/events.html#shape-Leaf`)
  expect([...complaints, ...foreign]).toEqual([])
})
