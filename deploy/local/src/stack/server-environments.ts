import { join } from 'node:path'
import { configurationFolder } from './configuration-folder.ts'
import type { StackPorts } from './stack-ports.ts'

type Environment = Readonly<Record<string, string>>

const host = '127.0.0.1'

// Go collects its garbage harder near these; what is kept is bounded by the configurations, not here.
const memoryLimits = { collector: '160MiB', prometheus: '200MiB', loki: '250MiB', jaeger: '300MiB' }

/** What collector.yaml takes from the environment. */
export function collectorEnvironment({ collector, jaeger, loki }: StackPorts): Environment {
  return {
    LISTEN_HOST: host,
    OTLP_GRPC_PORT: String(collector.otlpGrpc),
    OTLP_HTTP_PORT: String(collector.otlpHttp),
    HEALTH_PORT: String(collector.health),
    METRICS_PORT: String(collector.metrics),
    JAEGER_OTLP_URL: `http://${host}:${jaeger.otlpHttp}`,
    LOKI_URL: `http://${host}:${loki.http}`,
    GOMEMLIMIT: memoryLimits.collector,
  }
}

/** What jaeger.yaml takes from the environment. */
export function jaegerEnvironment({ jaeger }: StackPorts): Environment {
  return {
    LISTEN_HOST: host,
    QUERY_PORT: String(jaeger.query),
    QUERY_GRPC_PORT: String(jaeger.queryGrpc),
    OTLP_HTTP_PORT: String(jaeger.otlpHttp),
    HEALTH_PORT: String(jaeger.health),
    METRICS_PORT: String(jaeger.metrics),
    UI_CONFIG_FILE: join(configurationFolder, 'jaeger', 'ui.json'),
    GOMEMLIMIT: memoryLimits.jaeger,
  }
}

/** What loki.yaml takes from the environment, its data in `folder`. */
export function lokiEnvironment({ loki }: StackPorts, folder: string): Environment {
  return {
    LISTEN_HOST: host,
    HTTP_PORT: String(loki.http),
    GRPC_PORT: String(loki.grpc),
    DATA_FOLDER: folder,
    GOMEMLIMIT: memoryLimits.loki,
  }
}

/** Prometheus reads nothing of its configuration from the environment. */
export const prometheusEnvironment: Environment = { GOMEMLIMIT: memoryLimits.prometheus }
