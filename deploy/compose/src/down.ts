import { complain, refuse, say } from '@tools/terminal'
import { DockerMissingError, requireDocker } from './docker/find-docker.ts'
import { runCompose } from './docker/run-compose.ts'

const usage = `npm run down               stops the shop's containers; data and secrets are kept for the next npm run up
npm run down -- --empty    removes data and secrets too
npm run down -- --help     prints this`

/** Runs `npm run down`. Gives the exit code. */
async function down(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) return say(usage)
  const [unknown] = words.filter((word) => word !== '--empty')
  if (unknown !== undefined) return refuse(`"${unknown}" means nothing here.`, { usage })
  try {
    await requireDocker()
  } catch (error) {
    if (!(error instanceof DockerMissingError)) throw error
    return complain(error.message)
  }
  return runCompose(['--profile', 'tools', 'down', '--remove-orphans', ...(words.includes('--empty') ? ['--volumes'] : [])])
}

process.exitCode = await down(process.argv.slice(2))
