import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { configurationFolder } from './configuration-folder.ts'

it("leads from a trace in Jaeger to that trace's log lines in Grafana", async () => {
  const { linkPatterns } = JSON.parse(await readFile(join(configurationFolder, 'jaeger', 'ui.json'), 'utf8')) as {
    linkPatterns: { type: string; url: string }[]
  }
  const url = linkPatterns.find(({ type }) => type === 'traces')!.url.replaceAll('#{traceID}', '0af7651916cd43dd8448eb211c80319c')
  const panes: unknown = JSON.parse(new URL(url).searchParams.get('panes')!)
  expect(panes).toMatchObject({
    a: { datasource: 'loki', queries: [{ expr: '{service_name=~".+"} | trace_id = "0af7651916cd43dd8448eb211c80319c"' }] },
  })
})
