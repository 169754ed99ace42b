import { randomUUID } from 'node:crypto'

/** What the environment says of telemetry, in OpenTelemetry's names (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). */
export interface Settings {
  /** Absent: no spans are recorded. */
  readonly tracesUrl?: URL
  /** Absent: no lines are sent. */
  readonly logsUrl?: URL
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly sampler: SamplerSettings
  readonly batch: BatchSettings
  /** Of spans and logs of every service; each adds its own name. */
  readonly resource: Readonly<Record<string, string>>
}

export interface SamplerSettings {
  /** Whether what a caller decided holds; the ratio is for traces that begin here. */
  readonly followsParent: boolean
  /** From 0, none, to 1, all. */
  readonly ratio: number
}

export interface BatchSettings {
  readonly maxQueueSize: number
  readonly maxExportBatchSize: number
  readonly scheduledDelayMillis: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings; `undefined` when telemetry is switched off. What makes no sense is ignored, as OpenTelemetry asks. */
export function readSettings(env: Environment): Settings | undefined {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined
  const tracesUrl = env['OTEL_TRACES_EXPORTER'] === 'none' ? null : urlOf(env, 'traces')
  const logsUrl = env['OTEL_LOGS_EXPORTER'] === 'none' ? null : urlOf(env, 'logs')
  const timeoutMs = wholeNumber(env['OTEL_EXPORTER_OTLP_TIMEOUT'], 3000)
  const maxQueueSize = wholeNumber(env['OTEL_BSP_MAX_QUEUE_SIZE'], 8192)
  return {
    ...(tracesUrl === null ? {} : { tracesUrl }),
    ...(logsUrl === null ? {} : { logsUrl }),
    headers: readPairs(env['OTEL_EXPORTER_OTLP_HEADERS']),
    timeoutMs,
    sampler: readSampler(env),
    batch: {
      maxQueueSize,
      maxExportBatchSize: Math.min(maxQueueSize, wholeNumber(env['OTEL_BSP_MAX_EXPORT_BATCH_SIZE'], 1024)),
      scheduledDelayMillis: wholeNumber(env['OTEL_BSP_SCHEDULE_DELAY'], 2000),
    },
    resource: {
      'deployment.environment.name': env['NODE_ENV'] ?? 'development',
      'service.instance.id': randomUUID(),
      ...readPairs(env['OTEL_RESOURCE_ATTRIBUTES']),
      ...(env['OTEL_SERVICE_NAME'] === undefined ? {} : { 'service.name': env['OTEL_SERVICE_NAME'] }),
    },
  }
}

function urlOf(env: Environment, signal: 'traces' | 'logs'): URL | null {
  const own = env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`]
  // not localhost: it may mean ::1, where nobody listens
  const common = env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? 'http://127.0.0.1:4318'
  return URL.parse(own ?? `${common.replace(/\/$/, '')}/v1/${signal}`)
}

function readSampler(env: Environment): SamplerSettings {
  const name = env['OTEL_TRACES_SAMPLER'] ?? 'parentbased_always_on'
  const followsParent = name.startsWith('parentbased_')
  switch (name.replace('parentbased_', '')) {
    case 'always_off':
      return { followsParent, ratio: 0 }
    case 'traceidratio': {
      const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG'] ?? 1)
      return { followsParent, ratio: ratio >= 0 && ratio <= 1 ? ratio : 1 }
    }
    case 'always_on':
      return { followsParent, ratio: 1 }
    default:
      return { followsParent: true, ratio: 1 }
  }
}

/** Reads `a=1,b=2`, values percent-encoded. */
function readPairs(text = ''): Record<string, string> {
  const pairs = text.split(',').map((pair) => /^\s*([^=\s]+)\s*=(.*)$/.exec(pair))
  return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', decode(pair[2] ?? '')]])))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.trim())
  } catch {
    return value.trim()
  }
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  const value = Number(text === '' ? undefined : text)
  return Number.isInteger(value) && value > 0 ? value : otherwise
}
