import { join, resolve } from 'node:path'
import {
  FolderInUseError,
  keepServerRunning,
  PortInUseError,
  portsFrom,
  readPortBase,
  ServerStartError,
  ServerUnavailableError,
  stackPortsFrom,
  startStack,
  type LocalServer,
  type Stack,
} from '@deploy/local'
import { complain, inSeconds, listenForStop, refuse, say } from '@tools/terminal'

const usualFolder = join(resolve(import.meta.dirname, '..', '..', '..'), '.ashlar')
const explained = [FolderInUseError, PortInUseError, ServerStartError, ServerUnavailableError, RangeError]

const usage = `npm run stack             starts collector, Jaeger, Loki and Prometheus for this checkout; Ctrl-C stops them
npm run stack -- --help   prints this

Obtains what is not here: from PATH, the cache, its release, or by building it (npm run servers -- stack does only that).
Traces are kept in memory until it stops, logs and metrics for a day in .ashlar/stack.
ASHLAR_PORT_BASE=4800     moves every port; two checkouts run side by side`

/** Runs `npm run stack` for the system of a folder, until it is told to stop. Gives the exit code. */
export async function runStack(words: readonly string[], environment: NodeJS.ProcessEnv, systemFolder = usualFolder): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) return say(usage)
  if (words.length > 0) return refuse(`"${words.join(' ')}" means nothing here.`, { usage })
  using stop = listenForStop()
  try {
    const base = readPortBase(environment['ASHLAR_PORT_BASE'])
    const consulUrl = `http://127.0.0.1:${portsFrom(base).consul.http}`
    const starting = startStack({
      systemFolder,
      ports: stackPortsFrom(base),
      consulUrl,
      onProgress: (line) => say(`    ${line}`),
      onStarted,
    })
    await runUntilStopped(await starting, stop.first)
    return 0
  } catch (error) {
    if (stop.first.aborted) return say('  Stopped while starting; nothing is left running.')
    if (!explained.some((known) => error instanceof known)) throw error
    return complain(`\n${(error as Error).message}`)
  }
}

async function runUntilStopped(stack: Stack, asked: AbortSignal): Promise<void> {
  say(table(stack))
  const onNote =
    ({ title, logFile }: LocalServer) =>
    (note: string) =>
      say(`  ${title} ${note}. Its log: ${logFile}`)
  const keeping = Promise.all(stack.servers.map((server) => keepServerRunning(server, { signal: asked, onNote: onNote(server) })))
  if (!asked.aborted) await new Promise((resolve) => asked.addEventListener('abort', resolve, { once: true }))
  say('  Stopping.')
  const from = performance.now()
  await stack.stop()
  await keeping
  say(`  Stopped in ${inSeconds(performance.now() - from)}; nothing is left running.`)
}

function onStarted({ title, version, origin }: LocalServer, tookMs: number): void {
  say(`  ✓ ${`${title} ${version}`.padEnd(20)} ${origin.padEnd(23)} ${inSeconds(tookMs).padStart(6)}`)
}

function table({ addresses }: Stack): string {
  const rows = [
    ['OTLP', `${addresses.otlpUrl} (HTTP), ${addresses.otlpGrpcUrl} (gRPC)`],
    ['Jaeger', `${addresses.jaegerUrl}/api/traces/<id>   (a build from source has no page, only the API)`],
    ['Prometheus', `${addresses.prometheusUrl}/api/v1/query?query=up`],
    ['Loki', `${addresses.lokiUrl}/loki/api/v1/query_range?query={service_name="orders"}`],
  ] as const
  return ['', ...rows.map(([name, address]) => `    ${name.padEnd(12)} ${address}`), '', '  Ctrl-C stops everything.', ''].join('\n')
}
