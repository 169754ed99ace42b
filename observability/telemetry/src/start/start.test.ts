import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { expectTrace } from '../testing/index.ts'
import { openOtlpReceiver } from '../testing/otlp-receiver.ts'

const run = promisify(execFile)
const program = fileURLToPath(new URL('../testing/planted-process.ts', import.meta.url))
const repository = fileURLToPath(new URL('../../../..', import.meta.url))
const planted = 'planted-4f9c1d'

/** Runs the careless service as the supervisor would, from a folder of the repository. */
async function runCareless(folder: string, env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ['--import', '@observability/telemetry/start', program], {
    cwd: `${repository}/${folder}`,
    env: { PATH: process.env['PATH'], PLANTED: planted, ...env },
    timeout: 20_000,
  })
  expect(stderr).toBe('')
  return stdout
}

it('shows a planted secret nowhere: not on standard output, not in lines or spans that are sent', async () => {
  await using receiver = await openOtlpReceiver()
  const stdout = await runCareless('services/orders', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  expect(stdout).toContain('"password":"[secret]"')
  expect(stdout).toContain('messaging_redeliveries_total')
  expect(receiver.logs).toHaveLength(3)
  expectTrace(receiver.spans).is({
    name: 'POST /v1/sessions',
    service: 'careless',
    error: 'unauthenticated',
    children: [{ name: 'transaction', error: 'RangeError' }],
  })
  expect(receiver.logs.map(({ traceId }) => traceId)).toEqual(Array(3).fill(receiver.spans[0]?.traceId))
  expect(stdout).not.toContain(planted)
  expect(Buffer.concat(receiver.bodies).toString('latin1')).not.toContain(planted)
})

it.each<[string, Record<string, string>]>([
  ['nobody listens', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }],
  ['it is switched off', { OTEL_SDK_DISABLED: 'true' }],
])('starts, works and ends where %s', async (_why, env) => {
  const stdout = await runCareless('contracts/orders', env)
  expect(stdout).toContain('"trace_flags":"00"')
  expect(stdout.includes('telemetry_spans_dropped_total')).toBe('OTEL_EXPORTER_OTLP_ENDPOINT' in env)
})

it('says whose spans they are', async () => {
  await using receiver = await openOtlpReceiver()
  await runCareless('gateway', {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=rehearsal',
  })
  const said = Buffer.concat(receiver.bodies).toString('latin1')
  for (const word of ['service.version', '0.1.0', 'service.instance.id', 'rehearsal']) expect(said).toContain(word)
})
