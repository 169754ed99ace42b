import { createTraceStore, serveTraces, type TraceServer } from '@tools/dev'
import { expect, it, onTestFinished } from 'vitest'
import { supervisorTraces } from './supervisor-traces.ts'
import { itIsATraceSource } from './testing/trace-source-suite.ts'

async function serve(): Promise<TraceServer> {
  const server = await serveTraces(0, createTraceStore({ maxTraces: 100, maxBytes: 1_000_000 }))
  if (server === undefined) throw new Error('port 0 is taken')
  onTestFinished(() => server.close())
  return server
}

itIsATraceSource(async () => {
  const otlpUrl = `http://127.0.0.1:${(await serve()).port}`
  return { source: supervisorTraces(otlpUrl), otlpUrl }
})

it('says who does not answer, and where', async () => {
  const server = await serve()
  await server.close()
  const { port } = server
  await expect(supervisorTraces(`http://127.0.0.1:${port}`).find('aa')).rejects.toMatchObject({
    name: 'RefusedError',
    message: `the supervisor does not answer at http://127.0.0.1:${port}`,
  })
})
