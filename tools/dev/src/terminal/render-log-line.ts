import type { Colour, Paint } from './paint.ts'

const nameWidth = 14
const nameColours = ['cyan', 'magenta', 'blue', 'green', 'yellow'] as const
const levelColours: Readonly<Record<string, Colour>> = { warn: 'yellow', error: 'red', fatal: 'red', debug: 'gray', trace: 'gray' }
// Known from the line's place, or too long to be read in passing.
const unshown = new Set(['level', 'time', 'service', 'msg', 'event', 'span_id', 'trace_id', 'request_id', 'pid', 'hostname', 'err'])

type Entry = Readonly<Record<string, unknown>>

/** Turns a process's line of output into what a person reads: name, time, message, fields. Lines that are not JSON stay as they are. */
export function renderLogLine(name: string, line: string, paint: Paint): string {
  const prefix = paint(colourOf(name), name.padEnd(nameWidth))
  const entry = readEntry(line)
  if (entry === undefined) return `${prefix} ${line}`
  const level = textOf(entry['level'] ?? 'info')
  const colour = levelColours[level]
  const message = colour === undefined ? messageOf(entry) : paint(colour, `${level} ${messageOf(entry)}`)
  return (
    [prefix, paint('gray', timeOf(entry)), message, ...fieldsOf(entry), paint('gray', referenceOf(entry))]
      .filter((part) => part !== '')
      .join(' ') + errorOf(entry, paint)
  )
}

function readEntry(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Entry
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function messageOf(entry: Entry): string {
  return textOf(entry['msg'] ?? entry['event'] ?? '')
}

function timeOf({ time }: Entry): string {
  return typeof time === 'string' ? time.slice(11, 23) : ''
}

function fieldsOf(entry: Entry): string[] {
  return Object.entries(entry)
    .filter(([field, value]) => !unshown.has(field) && value !== undefined && value !== null)
    .map(([field, value]) => `${field}=${textOf(value)}`)
}

// The first digits of the trace are enough to find its other lines.
function referenceOf({ trace_id: traceId }: Entry): string {
  return typeof traceId === 'string' ? `trace=${traceId.slice(0, 8)}` : ''
}

function errorOf({ err }: Entry, paint: Paint): string {
  if (typeof err !== 'object' || err === null) return ''
  const { message, stack } = err as { message?: unknown; stack?: unknown }
  const text = typeof stack === 'string' ? stack : typeof message === 'string' ? message : JSON.stringify(err)
  return `\n${paint('gray', text.replaceAll(/^/gm, ' '.repeat(nameWidth + 1)))}`
}

function colourOf(name: string): Colour {
  const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0)
  return nameColours[sum % nameColours.length]!
}
