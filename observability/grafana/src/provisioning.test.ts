import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { dashboardsFolder } from './dashboards-folder.ts'
import { dataSources } from './data-sources.ts'
import { queryFaults } from './testing/query-faults.ts'

const folder = join(import.meta.dirname, '..', 'provisioning')
const read = async (file: string): Promise<unknown> => parse(await readFile(join(folder, file), 'utf8'))
const { datasources } = (await read('datasources/datasources.yaml')) as {
  datasources: { uid: keyof typeof dataSources; type: string; jsonData: Record<string, unknown> }[]
}
const settingsOf = (uid: string): unknown => datasources.find((source) => source.uid === uid)?.jsonData

/** Every value under a key, however deep. */
function valuesOf(key: string, inside: unknown): unknown[] {
  if (typeof inside !== 'object' || inside === null) return []
  return Object.entries(inside).flatMap(([name, value]) => (name === key ? [value] : valuesOf(key, value)))
}

it('provides the data sources that dashboards ask, under the same ids', () => {
  expect(Object.fromEntries(datasources.map(({ uid, type }) => [uid, { type, uid }]))).toEqual(dataSources)
})

it('leads from a trace to its lines, from a line and an exemplar to their trace', () => {
  expect(settingsOf('jaeger')).toMatchObject({
    tracesToLogsV2: { datasourceUid: 'loki', query: '{$${__tags}} | trace_id = "$${__trace.traceId}"' },
  })
  expect(settingsOf('loki')).toMatchObject({ derivedFields: [{ matcherType: 'label', matcherRegex: 'trace_id', datasourceUid: 'jaeger' }] })
  expect(settingsOf('prom')).toMatchObject({
    exemplarTraceIdDestinations: [
      { name: 'trace_id', datasourceUid: 'jaeger' },
      { url: expect.stringContaining('/trace/$${__value.raw}') },
    ],
  })
})

it('leads to data sources that there are', () => {
  const named = valuesOf('datasourceUid', datasources)
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((uid) => !Object.keys(dataSources).includes(String(uid)))).toEqual([])
})

it('asks metrics that there are for what a trace tells', () => {
  const queries = valuesOf('queries', settingsOf('jaeger')).flat() as { query: string }[]
  expect(queries.length).toBe(2)
  for (const { query } of queries) expect(queryFaults(query.replace('$$__tags', 'service="orders"'))).toEqual([])
})

it('scrapes as often as Grafana believes', async () => {
  const { global } = parse(await readFile(join(folder, '..', '..', 'prometheus', 'prometheus.yaml'), 'utf8')) as {
    global: { scrape_interval: string }
  }
  expect(settingsOf('prom')).toMatchObject({ timeInterval: global.scrape_interval })
})

it('leads from points of every dashboard to questions Explore can read', async () => {
  for (const file of await readdir(dashboardsFolder)) {
    const dashboard: unknown = JSON.parse(await readFile(join(dashboardsFolder, file), 'utf8'))
    const urls = valuesOf('links', valuesOf('fieldConfig', dashboard)).flat() as { url: string }[]
    expect(urls.length).toBeGreaterThan(5)
    for (const { url } of urls) {
      const address = new URL(url, 'http://grafana').searchParams
      const { a: pane } = JSON.parse(address.get('panes')!) as { a: { datasource: string; queries: { datasource: object }[] } }
      expect(pane.queries[0]?.datasource).toEqual(dataSources[pane.datasource as keyof typeof dataSources])
    }
  }
})
