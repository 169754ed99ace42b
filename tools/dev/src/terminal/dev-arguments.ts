import { parseArgs } from 'node:util'

/** What `npm run dev -- …` was asked for. */
export type DevArguments =
  | { readonly kind: 'run'; readonly only: readonly string[] | undefined; readonly data: 'kept' | 'emptied' }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly reason: string }

export const devUsage = `npm run dev                               starts the shop and keeps it running; Ctrl-C stops everything
npm run dev -- --only orders,catalogue    only these services, and the gateway
npm run dev -- --fresh                    forgets all data first
npm run dev -- --help                     prints this

ASHLAR_PORT_BASE=4800   moves every port; two checkouts run side by side
LOG_LEVEL=debug         says more
LOG_FORMAT=json         leaves log lines as the processes write them
GATEWAY_…, ORDERS_…     reach the process whose name they begin with`

/** Reads the words after `npm run dev --`. */
export function readDevArguments(words: readonly string[]): DevArguments {
  try {
    const options = { only: { type: 'string' }, fresh: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ args: [...words], options })
    if (values.help === true) return { kind: 'help' }
    const only = values.only?.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]))
    if (only?.length === 0) return { kind: 'refused', reason: '--only names no service' }
    return { kind: 'run', only, data: values.fresh === true ? 'emptied' : 'kept' }
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error, words) }
  }
}

function reasonOf(error: unknown, words: readonly string[]): string {
  const { code, message } = error as { code?: string; message: string }
  // npm keeps options for itself that stand before "--", and passes on the words between them.
  const name = words.find((word) => !word.startsWith('-')) ?? ''
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `"${name}" is not an option. For some services only: npm run dev -- --only ${name}`
  // What follows explains how a file named like an option would be given.
  return message.split('. To specify')[0] ?? message
}

/** Says which option npm has taken for its own, as in `npm run dev --fresh`; `undefined` when there is none. */
export function takenByNpm(environment: NodeJS.ProcessEnv): string | undefined {
  return environment['npm_config_fresh'] === undefined ? undefined : 'npm keeps that option for itself; write: npm run dev -- --fresh'
}
