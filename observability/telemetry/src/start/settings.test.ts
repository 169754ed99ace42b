import { expect, it } from 'vitest'
import { readSettings } from './settings.ts'

it('sends to this machine, records all that begins here, and follows callers, unless told otherwise', () => {
  const settings = readSettings({})
  expect(settings).toMatchObject({
    headers: {},
    sampler: { followsParent: true, ratio: 1 },
    batch: { maxQueueSize: 8192, maxExportBatchSize: 1024, scheduledDelayMillis: 2000 },
    resource: { 'deployment.environment.name': 'development' },
  })
  expect([settings?.tracesUrl?.href, settings?.logsUrl?.href]).toEqual(['http://127.0.0.1:4318/v1/traces', 'http://127.0.0.1:4318/v1/logs'])
  expect(settings?.resource['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/)
})

it.each(['true', 'TRUE'])('is off with OTEL_SDK_DISABLED=%s', (said) => {
  expect(readSettings({ OTEL_SDK_DISABLED: said })).toBeUndefined()
})

it('leaves out a signal that is not wanted', () => {
  const settings = readSettings({ OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' })
  expect(settings).not.toHaveProperty('tracesUrl')
  expect(settings).not.toHaveProperty('logsUrl')
})

it('reads where to send, for all or for one', () => {
  const settings = readSettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.test:4318/base/',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://logs.test/otlp/v1/logs',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=shop, x-note=a%20b',
  })
  expect(settings?.tracesUrl?.href).toBe('https://collector.test:4318/base/v1/traces')
  expect(settings?.logsUrl?.href).toBe('http://logs.test/otlp/v1/logs')
  expect(settings?.headers).toEqual({ 'x-tenant': 'shop', 'x-note': 'a b' })
})

it('takes an address that is none for a signal that is not wanted', () => {
  expect(readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'not an address' })).not.toHaveProperty('tracesUrl')
})

it.each<[Record<string, string>, object]>([
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, { followsParent: false, ratio: 0 }],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, { followsParent: true, ratio: 0 }],
  [
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
    { followsParent: false, ratio: 0.25 },
  ],
  [
    { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' },
    { followsParent: true, ratio: 0.1 },
  ],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio' }, { followsParent: true, ratio: 1 }],
  [
    { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '7' },
    { followsParent: true, ratio: 1 },
  ],
  [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, { followsParent: true, ratio: 1 }],
])('reads the sampler of %j', (env, sampler) => {
  expect(readSettings(env)?.sampler).toEqual(sampler)
})

it('never asks for batches that do not fit the queue, and ignores what is no number', () => {
  const batch = readSettings({
    OTEL_BSP_MAX_QUEUE_SIZE: '100',
    OTEL_BSP_SCHEDULE_DELAY: 'soon',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '-5',
  })?.batch
  expect(batch).toMatchObject({ maxQueueSize: 100, maxExportBatchSize: 100, scheduledDelayMillis: 2000 })
})

it('says of the process what the environment says', () => {
  const resource = readSettings({
    NODE_ENV: 'production',
    OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2.3,deployment.environment.name=staging,k8s.pod.name=a%3Db,broken,bad=%E0%A4%A',
    OTEL_SERVICE_NAME: 'jobs',
  })?.resource
  expect(resource).toMatchObject({
    'service.version': '1.2.3',
    'deployment.environment.name': 'staging',
    'k8s.pod.name': 'a=b',
    bad: '%E0%A4%A',
    'service.name': 'jobs',
  })
})
