import { expect, it, vi, type TestContext } from 'vitest'
import type { TraceQuery, TraceSource } from '../trace-source.ts'
import { sendTraces, type SentTraces } from './sent-traces.ts'

/** A source, and where it hears of traces. */
export interface OpenedSource {
  readonly source: TraceSource
  readonly otlpUrl: string
}

/** What every source of traces does, as tests; `open` is called by each of them. */
export function itIsATraceSource(open: (context: TestContext) => Promise<OpenedSource>): void {
  const patiently = { timeout: 20_000, interval: 100 }

  async function filled(
    context: TestContext,
  ): Promise<OpenedSource & { readonly sent: SentTraces; ids: (query: Partial<TraceQuery>) => Promise<string[]> }> {
    const opened = await open(context)
    const sent = await sendTraces(opened.otlpUrl)
    const ids = async (query: Partial<TraceQuery>): Promise<string[]> =>
      (await opened.source.list({ errors: 'any', limit: 20, ...query })).map(({ traceId }) => traceId)
    await vi.waitFor(async () => expect(await ids({ service: sent.readers })).toEqual([sent.replayed, sent.placed]), patiently)
    return { ...opened, sent, ids }
  }

  it('lists the latest first, and only what is asked for', async (context) => {
    const { source, sent, ids } = await filled(context)
    const { door: service, readers } = sent
    expect(await source.list({ service, errors: 'any', limit: 20 })).toMatchObject([
      {
        traceId: sent.placed,
        name: 'POST /v1/orders',
        service,
        durationMs: 300,
        spans: 3,
        errors: 0,
        services: expect.arrayContaining([service, readers]) as string[],
      },
    ])
    expect(await ids({ service: readers, errors: 'only' })).toEqual([sent.replayed])
    expect(await ids({ service: readers, minDurationMs: 100 })).toEqual([sent.placed])
    expect(await ids({ service: readers, limit: 1 })).toEqual([sent.replayed])
    expect(await ids({ limit: 1_000 })).toEqual(expect.arrayContaining([sent.replayed, sent.placed]))
    expect(await ids({ service: 'nobody' })).toEqual([])
  })

  it('tells a trace whole: parents, kinds, attributes, links, and who links to it', async (context) => {
    const { source, sent } = await filled(context)
    const found = await source.find(sent.placed)
    if (found.kind !== 'found') throw new Error(`it is ${found.kind}`)
    const spans = found.trace.spans.toSorted((one, other) => one.startedAtMs - other.startedAtMs)
    expect(spans).toMatchObject([
      { name: 'POST /v1/orders', service: sent.door, kind: 'server', attributes: { 'order.id': 'order-7' }, durationMs: 300, links: [] },
      { kind: 'producer', parentSpanId: spans[0]?.spanId },
      {
        kind: 'consumer',
        service: sent.readers,
        parentSpanId: spans[1]?.spanId,
        links: [{ traceId: sent.placed, spanId: spans[1]?.spanId }],
      },
    ])
    expect(spans[0]).not.toHaveProperty('parentSpanId')
    expect(spans[0]).not.toHaveProperty('error')
    expect(found.trace.linkedFrom).toMatchObject([{ traceId: sent.replayed, error: 'mailbox_unreachable' }])
  })

  it('finds a trace by the beginning of its id, and says when that is not enough, or of none', async (context) => {
    const { source, sent } = await filled(context)
    expect(await source.find(sent.placed.slice(0, 9))).toMatchObject({ kind: 'found', trace: { traceId: sent.placed } })
    const several = await source.find(sent.placed.slice(0, 8))
    expect(several).toEqual({ kind: 'ambiguous', traceIds: expect.arrayContaining([sent.placed, sent.replayed]) as string[] })
    for (const other of ['f'.repeat(32), `${sent.placed.slice(0, 8)}e`])
      expect(await source.find(other)).toEqual({ kind: 'unknown', why: expect.stringContaining(`no trace ${other}`) as string })
  })
}
