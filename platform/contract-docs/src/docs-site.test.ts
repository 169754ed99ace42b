import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { docsSite, type Documented } from './docs-site.ts'
import { ViewerMissingError, type DocsSite } from './docs-file.ts'
import { teaDocs } from './testing/tea-docs.ts'

const tea = await teaDocs()
afterAll(() => tea[Symbol.asyncDispose]())

const siteOf = (parts: Partial<Documented> = {}): Promise<DocsSite> =>
  docsSite({ ...tea, readers: 'internal', served: 'from-folder', ...parts })

async function textOf(site: DocsSite, path: string): Promise<string> {
  const file = site.get(path)
  if (file === undefined) throw new Error(`no ${path}`)
  return (await file.read()).toString()
}

describe('the reference of all contracts', () => {
  it('has every page and every file that was emitted', async () => {
    expect([...(await siteOf()).keys()]).toEqual(
      expect.arrayContaining([
        'index.html',
        'rest.html',
        'openapi.json',
        'teahouse.v1/rpc.html',
        'teahouse.v1/events.html',
        'teahouse.v1/asyncapi.json',
        'teahouse.v1/contract.lock.json',
        'teahouse.v1/openapi.rest.json',
        'teahouse.v1/schemas/Leaf.json',
        'teahouse.v1/teahouse.proto',
        'cellar.v1/rpc.html',
      ]),
    )
  })

  it.each(['from-folder', 'by-gateway'] as const)('leads nowhere that is not there, served %s', async (served) => {
    const site = await siteOf({ served })
    const pages = [...site.keys()].filter((path) => path.endsWith('.html'))
    expect(pages.length).toBe(5)
    const links = await Promise.all(
      pages.map(async (page) => {
        const addresses = [...(await textOf(site, page)).matchAll(/(?:href|src|data-document)="([^"#]+)/g)].map(([, to = '']) => to)
        const own = addresses.filter((to) => !to.startsWith('data:'))
        return own.map((to) => (served === 'by-gateway' ? to.replace(/^\/docs\//, '') : posix.join(posix.dirname(page), to)))
      }),
    )
    expect(links.flat().length).toBeGreaterThan(30)
    expect(links.flat().filter((to) => !site.has(to))).toEqual([])
  })

  it('tells at its beginning what is deprecated, since when, and what to use instead', async () => {
    const index = await textOf(await siteOf(), 'index.html')
    expect(index).toMatch(/teahouse\.v1\/lookUpTea<[^]*?Deprecated since 2026-11-01, gone from 2027-05-01 on: use findTea/)
    expect(index).toMatch(/cellar\.v1\/fetchWater<[^]*?Deprecated since 2026-11-02</)
    expect(index).toMatch(/teahouse\.tea-spilt\.v1<[^]*?gone from 2027-05-01 on: use teaBrewed/)
  })

  it('shows each event with its subject, its stream, its data and what will go', async () => {
    const page = await textOf(await siteOf(), 'teahouse.v1/events.html')
    expect(page).toContain('<code>teahouse.tea-brewed.v1</code>')
    expect(page).toContain('<code>EVENTS_teahouse</code>, kept for 7 days')
    expect(page).toMatch(/leaves<\/code>[^]*?list of <a href="#shape-Leaf">Leaf<\/a>, 1 to 9 of them/)
    expect(page).toMatch(/id="shape-Leaf"[^]*?leafId[^]*?string, at most 40 characters/)
    expect(page).toMatch(/class="struck">note<[^]*?optional[^]*?Deprecated since 2026-10-01</)
    expect(page).toMatch(/id="TeaSpilt"[^]*?Deprecated since 2026-11-01, gone from 2027-05-01 on: use teaBrewed/)
  })

  it('shows each command with who reads it and what is replied', async () => {
    const page = await textOf(await siteOf(), 'teahouse.v1/events.html')
    expect(page).toMatch(/id="BrewTeaCommand"[^]*?<code>teahouse\.brew-tea\.command\.v1<[^]*?Read by[^]*?brew-tea<[^]*?Reply[^]*?no_water/)
  })

  it('takes what contracts say as text and never as HTML', async () => {
    const page = await textOf(await siteOf(), 'teahouse.v1/events.html')
    expect(page).toContain('Which &lt;tea&gt; &amp; no other.')
    const index = await textOf(await siteOf({ title: '"><script>alert(1)</script>' }), 'index.html')
    expect(index).not.toContain('<script>')
  })

  it('holds no script or style of its own in a page, as its policy asks', async () => {
    const site = await siteOf()
    for (const path of [...site.keys()].filter((one) => one.endsWith('.html'))) {
      const page = await textOf(site, path)
      expect(page).toContain('script-src &#39;self&#39;; style-src &#39;self&#39;')
      expect(page).not.toMatch(/<style|style=|<script(?! src=)|\son\w+=/)
    }
  })

  it('keeps for ever only what has its content or version in its name', async () => {
    const kept = [...(await siteOf())].filter(([, { isImmutable }]) => isImmutable)
    expect(kept.map(([path]) => path.replace(/-[\da-f]{12}\./, '-#.').replace(/-\d+\.\d+\.\d+\./, '-#.'))).toEqual([
      'assets/docs-#.css',
      'assets/reference-#.js',
      'assets/swagger-ui-#.js',
      'assets/swagger-ui-#.css',
    ])
    for (const [path, file] of kept.slice(0, 2))
      expect(path).toContain(
        createHash('sha256')
          .update(await file.read())
          .digest('hex')
          .slice(0, 12),
      )
  })
})

describe('the reference for everybody', () => {
  it('has REST and nothing of what travels between services', async () => {
    const site = await siteOf({ readers: 'public' })
    expect([...site.keys()].filter((path) => !path.startsWith('assets/'))).toEqual(['index.html', 'openapi.json', 'rest.html'])
    const index = await textOf(site, 'index.html')
    expect(index).toContain('teahouse.v1/lookUpTea')
    expect(index).not.toMatch(/cellar|brewTea|tea-spilt|Files/)
  })
})

describe('without the viewer', () => {
  it('has all but the pages that it shows', async () => {
    const site = await siteOf({ findViewer: () => undefined })
    await expect(textOf(site, 'rest.html')).rejects.toThrow(ViewerMissingError)
    await expect(textOf(site, 'teahouse.v1/rpc.html')).rejects.toThrow(ViewerMissingError)
    expect(await textOf(site, 'index.html')).toContain('Tea')
    expect(await textOf(site, 'teahouse.v1/events.html')).toContain('teahouse.tea-brewed.v1')
    expect(JSON.parse(await textOf(site, 'openapi.json'))).toMatchObject({ info: { title: 'Tea' } })
  })

  it('has no pages of a contract of which nothing was emitted yet', async () => {
    const site = await siteOf({ emittedFolder: ({ name }) => `/nowhere/${name}` })
    expect([...site.keys()].filter((path) => path.startsWith('teahouse'))).toEqual([])
  })
})
