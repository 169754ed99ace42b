import { join } from 'node:path'
import { isFree, lockFolder } from '@deploy/local'
import { expect, it, onTestFinished } from 'vitest'
import { otlpJson, randomId } from '../testing/sent-spans.ts'
import { smallRepository } from '../testing/small-repository.ts'
import { keepTraces, type KeptTraces } from './keep-traces.ts'
import type { Step } from './step.ts'
import { freePorts } from './system-ports.ts'

interface Kept {
  readonly folder: string
  readonly port: number
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
  readonly keep: (environment?: NodeJS.ProcessEnv) => Promise<KeptTraces | undefined>
}

async function system(): Promise<Kept> {
  const repository = smallRepository({ '.ashlar/note': '' })
  onTestFinished(() => repository[Symbol.dispose]())
  const [folder, ports, steps, notes] = [repository.at('.ashlar'), await freePorts(), [] as Step[], [] as string[]]
  return {
    folder,
    port: ports.otlp,
    steps,
    notes,
    keep: async (inherited = {}) => {
      const kept = await keepTraces({
        root: repository.root,
        folder,
        ports,
        traces: 'kept',
        inherited,
        onStep: (step) => steps.push(step),
        onNote: (_process, note) => notes.push(note),
      })
      if (kept !== undefined) onTestFinished(() => kept.close())
      return kept
    },
  }
}

it('says that traces are kept here, and gives the port to a stack of this folder for as long as it runs', async () => {
  const kept = await system()
  await kept.keep()
  expect(kept.steps).toMatchObject([{ outcome: 'done', what: 'traces', how: 'kept in memory', where: `127.0.0.1:${kept.port}` }])
  expect(await isFree(kept.port)).toBe(false)

  const stack = await lockFolder(join(kept.folder, 'stack'))
  await expect.poll(() => isFree(kept.port), { timeout: 3_000 }).toBe(true)
  expect(kept.notes).toEqual(['go to the stack from now on'])
  await stack.release()
  await expect.poll(() => kept.notes.length, { timeout: 3_000 }).toBe(2)
  expect(await isFree(kept.port)).toBe(false)
})

it('keeps with a trace what processes print of it, and nothing while a stack has the traces', async () => {
  const kept = await system()
  const traces = await kept.keep()
  const span = { traceId: randomId(16), spanId: randomId(8), name: 'placeOrder' }
  const printed = (msg: string): string => JSON.stringify({ level: 'error', service: 'payments', trace_id: span.traceId, msg })
  const send = (): Promise<Response> =>
    fetch(`http://127.0.0.1:${kept.port}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: otlpJson('orders', [span]),
    })
  const found = async (): Promise<unknown> => (await fetch(`http://127.0.0.1:${kept.port}/api/telemetry/traces/${span.traceId}`)).json()
  traces?.takeLine(printed('the charge failed'))
  traces?.takeLine('{"level":"info","service":"payments","msg":"of no trace"}')
  await send()
  expect(await found()).toMatchObject({ lines: [{ service: 'payments', level: 'error', message: 'the charge failed' }] })

  const stack = await lockFolder(join(kept.folder, 'stack'))
  await expect.poll(() => isFree(kept.port), { timeout: 3_000 }).toBe(true)
  traces?.takeLine(printed('for the stack'))
  await stack.release()
  await expect.poll(() => kept.notes.length, { timeout: 3_000 }).toBe(2)
  expect(await found()).toMatchObject({ lines: [{ message: 'the charge failed' }] })
})

it('says that traces go to the stack that runs already', async () => {
  const kept = await system()
  await using _stack = await lockFolder(join(kept.folder, 'stack'))
  await kept.keep()
  expect(kept.steps).toMatchObject([{ what: 'traces', how: 'sent to the stack' }])
  expect(await isFree(kept.port)).toBe(true)
})

it('stays away where traces are sent elsewhere', async () => {
  const kept = await system()
  await kept.keep({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.example:4318' })
  expect(kept.steps).toMatchObject([{ what: 'traces', where: 'http://collector.example:4318' }])
  expect(await isFree(kept.port)).toBe(true)
})
