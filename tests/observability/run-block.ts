import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { repository } from '../harness/shop.ts'

const run = promisify(execFile)
const assigned = /^(\w+)=/gm
const mark = '--- variables'

interface Surroundings {
  /** What earlier blocks assigned. */
  readonly variables: Readonly<Record<string, string>>
  readonly environment: NodeJS.ProcessEnv
  /** The root of a copy of the repository, where it is not this one. */
  readonly root?: string
  readonly patienceMs?: number
}

/** Runs commands as somebody would type them at the root of the repository; gives what they printed, and what they assigned beside what was. Throws when one fails. */
export async function runBlock(
  commands: string,
  { variables, environment, root = repository, patienceMs = 30_000 }: Surroundings,
): Promise<{ output: string; variables: Readonly<Record<string, string>> }> {
  const names = [...commands.matchAll(assigned)].map(([, name = '']) => name)
  const kept = names.map((name) => `printf '%s\\0' "${name}=$${name}"`).join('\n')
  const script = `set -eo pipefail\n${commands}\nprintf '\\n%s\\n' '${mark}'\n${kept}`
  const { stdout } = await run('bash', ['-c', script], { cwd: root, env: { ...environment, ...variables }, timeout: patienceMs }).catch(
    (cause: Error & { stdout?: string }) => {
      throw new Error(`${cause.message}\nIt said:\n${cause.stdout?.slice(-4_000) ?? ''}`, { cause })
    },
  )
  const [output = '', said = ''] = stdout.split(`\n${mark}\n`)
  const own = said
    .split('\0')
    .flatMap((one) => (one === '' ? [] : [[one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const]))
  return { output, variables: { ...variables, ...Object.fromEntries(own) } }
}
