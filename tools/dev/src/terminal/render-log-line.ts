import type { Colour, Paint } from './paint.ts'
import { renderFailure } from './render-failure.ts'
import { summariseEntry, type LogEntry } from './summarise-entry.ts'

const nameWidth = 14
const nameColours = ['cyan', 'magenta', 'blue', 'green', 'yellow'] as const
const levelColours: ReadonlyMap<unknown, Colour> = new Map([
  ['warn', 'yellow'],
  ['error', 'red'],
  ['fatal', 'red'],
  ['debug', 'gray'],
  ['trace', 'gray'],
])

/** Turns a process's line of output into what a person reads: name, time, what happened. Lines that are not JSON stay as they are. */
export function renderLogLine(name: string, line: string, paint: Paint): string {
  const prefix = paint(colourOf(name), name.padEnd(nameWidth))
  const entry = readEntry(line)
  if (entry === undefined) return `${prefix} ${line}`
  const { level, err } = entry
  const colour = levelColours.get(level)
  const said = colour === undefined ? summariseEntry(entry) : paint(colour, `${String(level)} ${summariseEntry(entry)}`)
  const first = [prefix, paint('gray', timeOf(entry)), said, paint('gray', referenceOf(entry))].filter((part) => part !== '').join(' ')
  if (typeof err !== 'object' || err === null) return first
  return `${first}\n${paint('gray', renderFailure(err, { frames: level === 'error' || level === 'fatal' ? 'shown' : 'hidden' }))}`
}

function readEntry(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as LogEntry
  } catch {
    return undefined
  }
}

function timeOf({ time }: LogEntry): string {
  return typeof time === 'string' ? time.slice(11, 23) : ''
}

// The first digits of the trace are enough to find its other lines.
function referenceOf({ trace_id: traceId }: LogEntry): string {
  return typeof traceId === 'string' ? `trace=${traceId.slice(0, 8)}` : ''
}

function colourOf(name: string): Colour {
  const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0)
  return nameColours[sum % nameColours.length]!
}
