import { parseArgs } from 'node:util'

/** How much is measured, and how it is told. */
export interface BenchOptions {
  readonly rounds: number
  /** In each round, of each way. */
  readonly calls: number
  readonly format: 'table' | 'json'
  /** Some of the ways only; all unless said. What they are compared with is always among them. */
  readonly only: readonly string[] | undefined
  /** A folder that profiles of the processes are written to. */
  readonly profiles: string | undefined
}

/** What `npm run bench -- …` was asked for. */
export type BenchArguments =
  | { readonly kind: 'run'; readonly name: string; readonly options: BenchOptions }
  | { readonly kind: 'list' }
  | { readonly kind: 'refused'; readonly reason: string }

const usual = { rounds: 40, calls: 1_000 }
const most = { rounds: 1_000, calls: 4_000 }

export const benchUsage = `npm run bench                                lists the benchmarks
npm run bench -- telemetry                   runs one; Ctrl-C stops it
npm run bench -- telemetry --json            tells it as JSON
npm run bench -- telemetry --rounds 10       fewer or more rounds (${usual.rounds} unless said, at most ${most.rounds})
npm run bench -- telemetry --calls 500       fewer or more calls in each (${usual.calls} unless said, at most ${most.calls})
npm run bench -- telemetry --only on,stock   some of the ways only
npm run bench -- rpc --only server,hop/seen  of rpc whole groups too: server, client, hop
npm run bench -- telemetry --profiles DIR    writes a CPU profile of every process to a folder`

/** Reads the words after `npm run bench --`. */
export function readBenchArguments(words: readonly string[]): BenchArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        calls: { type: 'string' },
        only: { type: 'string' },
        profiles: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [name, another] = positionals
    if (values.help === true || name === undefined) return { kind: 'list' }
    if (another !== undefined) return { kind: 'refused', reason: `one benchmark at a time: ${name} or ${another}` }
    const rounds = countOf('rounds', values.rounds)
    const calls = countOf('calls', values.calls)
    const format = values.json === true ? 'json' : 'table'
    return { kind: 'run', name, options: { rounds, calls, format, only: values.only?.split(','), profiles: values.profiles } }
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error) }
  }
}

function countOf(name: keyof typeof usual, text: string | undefined): number {
  if (text === undefined) return usual[name]
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > most[name])
    throw new RangeError(`--${name} is a whole number from 1 to ${most[name]}, not ${text}`)
  return count
}
