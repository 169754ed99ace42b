import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Program } from '../obtain/ways.ts'
import { askOnce } from '../server/ask-once.ts'
import { startServer, type LocalServer } from '../server/local-server.ts'
import { configurationFolder } from './configuration-folder.ts'
import { collectorEnvironment, jaegerEnvironment, lokiEnvironment, prometheusEnvironment } from './server-environments.ts'
import { stackPins } from './stack-programs.ts'
import type { StackPorts } from './stack-ports.ts'
import { writePrometheusConfiguration } from './write-prometheus-configuration.ts'

const largestLogBytes = 1_000_000

export type StackServerName = 'collector' | 'prometheus' | 'loki' | 'jaeger'

/** What a server of the stack is started with. */
export interface StackServerOptions {
  readonly program: Program
  /** The stack's folder; each server has one of its own in it. */
  readonly folder: string
  readonly ports: StackPorts
  readonly consulUrl: string
}

interface Kind {
  readonly port: number
  readonly readyUrl: string
  readonly env: Readonly<Record<string, string>>
  readonly args: () => Promise<readonly string[]>
}

/** Starts one server of the stack and waits until it says that it is ready. Throws `ServerStartError` or `PortInUseError`. */
export async function startStackServer(name: StackServerName, options: StackServerOptions): Promise<LocalServer> {
  const { program, folder } = options
  const home = join(folder, name)
  const logFile = join(home, `${name}.log`)
  const { port, readyUrl, env, args } = kinds[name](options, home)
  return startServer({
    name,
    title: stackPins[name].title,
    version: program.version,
    origin: program.origin,
    port,
    url: `http://127.0.0.1:${port}`,
    logFile,
    stopSignals: { first: 'SIGTERM', last: 'SIGKILL' },
    isReady: async () => (await askOnce(readyUrl)) !== undefined,
    async prepare() {
      await mkdir(home, { recursive: true })
      // What it said before it ended stays to be read; what it said in months does not.
      const logged = await stat(logFile).catch(() => undefined)
      if (logged !== undefined && logged.size > largestLogBytes) await rm(logFile)
      return { file: program.file, args: await args(), cwd: home, logFile, env }
    },
  })
}

const kinds: Readonly<Record<StackServerName, (options: StackServerOptions, home: string) => Kind>> = {
  collector: ({ ports }) => ({
    port: ports.collector.otlpHttp,
    readyUrl: `http://127.0.0.1:${ports.collector.health}/`,
    env: collectorEnvironment(ports),
    args: async () => [`--config=${join(configurationFolder, 'collector', 'collector.yaml')}`],
  }),
  jaeger: ({ ports }) => ({
    port: ports.jaeger.query,
    readyUrl: `http://127.0.0.1:${ports.jaeger.health}/status`,
    env: jaegerEnvironment(ports),
    args: async () => [`--config=${join(configurationFolder, 'jaeger', 'jaeger.yaml')}`],
  }),
  loki: ({ ports }, home) => ({
    port: ports.loki.http,
    readyUrl: `http://127.0.0.1:${ports.loki.http}/ready`,
    env: lokiEnvironment(ports, join(home, 'data')),
    args: async () => [`-config.file=${join(configurationFolder, 'loki', 'loki.yaml')}`, '-config.expand-env=true'],
  }),
  prometheus: ({ ports, consulUrl }, home) => ({
    port: ports.prometheus.http,
    readyUrl: `http://127.0.0.1:${ports.prometheus.http}/-/ready`,
    env: prometheusEnvironment,
    args: async () => [
      `--config.file=${await writePrometheusConfiguration(join(home, 'configuration'), { ports, consulUrl })}`,
      `--storage.tsdb.path=${join(home, 'data')}`,
      '--storage.tsdb.retention.time=24h',
      '--storage.tsdb.retention.size=512MB',
      '--enable-feature=exemplar-storage',
      `--web.listen-address=127.0.0.1:${ports.prometheus.http}`,
      '--log.level=warn',
    ],
  }),
}
