import { knownServers, ServerUnavailableError, type KnownServer, type ServerState } from '@deploy/local'
import { complain, refuse, say } from '@tools/terminal'

const usage = `npm run servers                 lists the local servers: version, where from, size, path
npm run servers -- consul       obtains one or several, by building them where nothing else works
npm run servers -- stack        obtains those of npm run stack: collector, Prometheus and promtool, Loki, Jaeger
npm run servers -- tools        obtains what only tests run: the parser of Compose, hadolint, generators for Go and Python
npm run servers -- --help       prints this`

/** Runs the command and gives its exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) return say(usage)
  const unknown = words.find((word) => !knownServers.some((server) => isMeant(server, word)))
  if (unknown !== undefined) return refuse(`"${unknown}" is not a server known here.`, { usage })
  try {
    const wanted = knownServers.filter((server) => words.some((word) => isMeant(server, word)))
    for (const server of wanted) say(line(server, await server.obtain((progress) => say(`  ${progress}`))))
    if (wanted.length === 0) for (const server of knownServers) say(line(server, await server.look()))
    return 0
  } catch (error) {
    if (error instanceof ServerUnavailableError) return complain(error.message)
    throw error
  }
}

function isMeant({ name, group }: KnownServer, word: string): boolean {
  return word === name || (word === group && group !== 'system')
}

function line({ name, title }: KnownServer, state: ServerState): string {
  if ('missing' in state) return `  – ${title.padEnd(24)} not here: npm run servers -- ${name}`
  // what is only a link, or starts something larger, tells nothing by its size
  const megabytes = state.bytes < 1_048_576 ? '' : `${Math.round(state.bytes / 1_048_576)} MB`
  return `  ✓ ${`${title} ${state.version}`.padEnd(24)} ${state.origin.padEnd(22)} ${megabytes.padStart(7)}   ${state.file}`
}

process.exitCode = await main(process.argv.slice(2))
