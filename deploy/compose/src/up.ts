import { complain, refuse, say } from '@tools/terminal'
import { DockerMissingError, requireDocker } from './docker/find-docker.ts'
import { runCompose } from './docker/run-compose.ts'

const usage = `npm run up             starts the shop and the stack that sees it in containers, and waits until all are healthy
npm run up -- --help   prints this

Builds the shop's image first; the first time, it and ten others are fetched. Data and secrets are kept in Docker's volumes.
npm run down           stops everything and keeps the data; npm run down -- --empty removes it too`

const addresses = `
    gateway      http://127.0.0.1:8080      curl http://127.0.0.1:8080/v1/products
    Grafana      http://127.0.0.1:3000
    Jaeger       http://127.0.0.1:16686
    Prometheus   http://127.0.0.1:9090
    Consul       http://127.0.0.1:8500/ui
    OTLP         http://127.0.0.1:4318 (HTTP), 127.0.0.1:4317 (gRPC)

  Log lines    docker compose --file deploy/compose/compose.yaml logs --follow orders
  Stop         npm run down`

const waitSeconds = '600'

/** Runs `npm run up`. Gives the exit code. */
async function up(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) return say(usage)
  if (words.length > 0) return refuse(`"${words.join(' ')}" means nothing here.`, { usage })
  try {
    await requireDocker()
  } catch (error) {
    if (!(error instanceof DockerMissingError)) throw error
    return complain(error.message)
  }
  const built = await runCompose(['build'])
  if (built !== 0) return built
  const started = await runCompose(['up', '--detach', '--wait', '--wait-timeout', waitSeconds, '--remove-orphans'])
  if (started === 0) return say(addresses)
  return complain('\nNot everything came up. What each said: docker compose --file deploy/compose/compose.yaml logs <name>')
}

process.exitCode = await up(process.argv.slice(2))
