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

ASHLAR_PORT_BASE=4800   moves every port but the gateway's; two checkouts run side by side
LOG_LEVEL=debug         says more
LOG_FORMAT=json         leaves log lines as the processes write them`

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
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) }
  }
}
