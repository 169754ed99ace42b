import type { Bench } from './bench.ts'

type Asked = Parameters<Bench['run']>[0]
type Surroundings = Parameters<Bench['run']>[1]

/** What is measured: one way of doing something. */
export interface Measurable<Round> {
  readonly way: { readonly name: string }
  measure(calls: number): Promise<Round>
}

export interface TurnsOptions {
  readonly asked: Pick<Asked, 'rounds' | 'calls'>
  readonly signal: AbortSignal
  /** When the benchmark began, by `performance.now()`: the limits below count from there. */
  readonly beganAt: number
  /** Rounds that are not looked at, until the compiler has seen enough. */
  readonly warmUp: { readonly rounds: number; readonly calls: number; readonly mostMs: number }
  readonly mostMs: number
  readonly onRound?: () => void
}

/** What each way was seen to cost in one round, by its name. */
export type Seen<Round> = ReadonlyMap<string, Round>

/**
 * Measures some calls of each way in turn, round after round, so that whatever else the machine does weighs on all of them. It ends
 * by itself with as many whole rounds as it had time for, one at least; with the reason of the signal when it is told to stop.
 */
export async function measureInTurns<Round>(ways: readonly Measurable<Round>[], options: TurnsOptions): Promise<readonly Seen<Round>[]> {
  const { asked, signal, beganAt, warmUp, mostMs, onRound } = options
  const spentMs = () => performance.now() - beganAt

  async function runRound(round: number, calls: number): Promise<Seen<Round>> {
    const measured = new Map<string, Round>()
    // each goes first as often as any other
    const first = round % ways.length
    for (const each of [...ways.slice(first), ...ways.slice(0, first)]) {
      signal.throwIfAborted()
      measured.set(each.way.name, await each.measure(calls))
    }
    onRound?.()
    return measured
  }

  for (let round = 0; round < warmUp.rounds && spentMs() < warmUp.mostMs; round += 1) await runRound(round, warmUp.calls)
  const seen: Seen<Round>[] = []
  // one round at least, or there would be nothing to tell
  while (seen.length === 0 || (seen.length < asked.rounds && spentMs() < mostMs)) seen.push(await runRound(seen.length, asked.calls))
  return seen
}

/** Tells what was seen: as JSON, or as the table that is drawn of it. */
export function tellFigures<Row>(
  figures: { readonly benchmark: string; readonly rounds: number; readonly calls: number; readonly rows: readonly Row[] },
  drawn: (rows: readonly Row[]) => string,
  { format, say }: Pick<Asked, 'format'> & Pick<Surroundings, 'say'>,
): void {
  const { rounds, calls, rows } = figures
  if (format === 'json') say(JSON.stringify(figures, undefined, 2))
  else say(`${drawn(rows)}\n\n${rounds} rounds of ${calls} calls each way`)
}
