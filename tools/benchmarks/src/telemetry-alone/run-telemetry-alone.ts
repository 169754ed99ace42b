import type { Bench } from '../bench.ts'
import { startSide } from '../child-side.ts'
import { chooseAmong } from '../choose-among.ts'
import { costOfCalls } from '../cost-of-calls.ts'
import { drawTable, type Column } from '../draw-table.ts'
import { measureInTurns, tellFigures, type Seen } from '../measure-in-turns.ts'
import { profilingFlags } from '../profiling-flags.ts'
import { settingsEnvironment } from '../side-settings.ts'
import { openSink, type Sink } from '../sink.ts'
import { addedTo, quantile } from '../statistics.ts'
import { whereToSend } from '../telemetry/where-to-send.ts'
import { reference, ways, type Way } from './ways.ts'

const main = new URL('work.main.ts', import.meta.url)
const start = import.meta.resolve('@observability/telemetry/start')
const warmUp = { rounds: 12, calls: 4_000, mostMs: 30_000 }
const mostMs = 105_000

interface Round {
  readonly cpuMicros: number
  readonly spans: number
  readonly lines: number
}

interface Row extends Round {
  readonly way: string
  readonly what: string
  readonly addedMicros: number
  readonly addedMicrosWhenQuiet: number
}

interface Worker extends AsyncDisposable {
  readonly way: Way
  measure(calls: number): Promise<Round>
}

/** Measures what telemetry itself works for a call, on both its sides together, all its threads counted. It ends by itself in less than two minutes. */
export const telemetryAloneBench: Bench = {
  name: 'telemetry-alone',
  what: 'what telemetry itself works for a call between two services, with nothing around it',
  async run({ rounds, calls, format, only, profiles }, { signal, say }) {
    const beganAt = performance.now()
    const chosen = chooseAmong(ways, only)
    await using sink = await openSink()
    await using started = new AsyncDisposableStack()
    const workers: Worker[] = []
    for (const way of chosen) workers.push(started.use(await startWorker(way, sink, profiles)))
    const seen = await measureInTurns(workers, { asked: { rounds, calls }, signal, beganAt, warmUp, mostMs })
    tellFigures(
      { benchmark: 'telemetry-alone', rounds: seen.length, calls, rows: summarise(seen, chosen) },
      (rows) => drawTable(columns, rows),
      {
        format,
        say,
      },
    )
  },
}

async function startWorker(way: Way, sink: Sink, profiles: string | undefined): Promise<Worker> {
  const side = startSide(main, {
    nodeArguments: ['--disable-warning=ExperimentalWarning', `--import=${start}`, ...(await profilingFlags(profiles, way.name))],
    environment: { ...settingsEnvironment({ parts: way.parts }), ...whereToSend(way, sink) },
  })
  return {
    way,
    async measure(calls) {
      const { cpuMicrosPerCall } = await costOfCalls([side], calls, () => side.ask<number[]>('calls', { calls }))
      const { spans, lines } = sink.takenFrom(way.name)
      return { cpuMicros: cpuMicrosPerCall, spans: spans / calls, lines: lines / calls }
    },
    [Symbol.asyncDispose]: () => side[Symbol.asyncDispose](),
  }
}

function summarise(seen: readonly Seen<Round>[], chosen: readonly Way[]): Row[] {
  const figures = (way: string, figure: keyof Round): number[] => seen.map((round) => round.get(way)?.[figure] ?? 0)
  const without = figures(reference, 'cpuMicros')
  return chosen.map(({ name, what }) => {
    const middle = (figure: keyof Round): number => quantile(figures(name, figure), 0.5)
    const cpu = figures(name, 'cpuMicros')
    return {
      way: name,
      what,
      cpuMicros: middle('cpuMicros'),
      addedMicros: addedTo(without, cpu),
      addedMicrosWhenQuiet: quantile(cpu, 0.1) - quantile(without, 0.1),
      spans: middle('spans'),
      lines: middle('lines'),
    }
  })
}

const columns: readonly Column<Row>[] = [
  ['', ({ way }) => way],
  ['CPU µs', ({ cpuMicros }) => cpuMicros.toFixed(1)],
  ['added', ({ addedMicros }) => addedMicros.toFixed(1)],
  ['added when quiet', ({ addedMicrosWhenQuiet }) => addedMicrosWhenQuiet.toFixed(1)],
  ['spans sent', ({ spans }) => spans.toFixed(2)],
  ['lines sent', ({ lines }) => lines.toFixed(2)],
  ['what', ({ what }) => what],
]
