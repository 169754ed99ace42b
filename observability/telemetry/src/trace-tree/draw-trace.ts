import { describeSpan, type Colour, type Segment } from './describe-span.ts'
import { growTree, type TraceBranch } from './grow-tree.ts'
import type { KeptTrace } from './kept-trace.ts'
import { summariseTrace } from './summarise-trace.ts'
import { treeRows } from './tree-rows.ts'

/** How a trace is drawn. */
export interface DrawOptions {
  /** What a line may be long; it is cut with an ellipsis. Unlimited unless said. */
  readonly columns?: number
  /** Colours a text; leaves it as it is unless said. */
  readonly paint?: (colour: Colour, text: string) => string
}

const wideFrom = 120
const serviceColours: readonly Colour[] = ['cyan', 'green', 'yellow', 'blue', 'magenta']

/**
 * Draws a trace for people, line by line: when each span began after the first and how long it took, as numbers and as a bar,
 * then the tree of services, kinds and names with failures, saga steps, messages and links; below it the spans of other traces
 * that link here, and what was logged. Control characters become spaces. The form may change.
 */
export function drawTrace(trace: KeptTrace, { columns = Infinity, paint = (_colour, text) => text }: DrawOptions = {}): string[] {
  const summary = summariseTrace(trace.spans)
  if (summary === undefined) return []
  const { startedAtMs, durationMs, services } = summary
  const isWide = columns >= wideFrom
  const colours = new Map(services.map((service, at) => [service, serviceColours[at % serviceColours.length] ?? 'cyan']))
  const names = new Map(trace.spans.map((span) => [span.spanId, span.name]))
  const strokes = isWide
    ? { fork: '├─ ', last: '└─ ', passing: '│  ', nothing: '   ' }
    : { fork: '├ ', last: '└ ', passing: '│ ', nothing: '  ' }
  const timeWidth = Math.max(...[0, durationMs].map((ms) => inMs(ms).length), 6)

  function row(branch: TraceBranch, indent: string): Segment[] {
    const { span } = branch
    const atMs = span.startedAtMs - startedAtMs
    return [
      { text: `${inMs(atMs).padStart(timeWidth)} ${inMs(span.durationMs).padStart(timeWidth)} `, colour: 'gray' },
      {
        text: bar({ from: atMs / durationMs, to: (atMs + span.durationMs) / durationMs, cells: isWide ? 24 : 10 }),
        colour: barColour(branch),
      },
      { text: ` ${indent}`, colour: 'gray' },
      { text: span.service, colour: colours.get(span.service) ?? 'cyan' },
      ...describeSpan(branch, names),
    ]
  }
  const barColour = ({ span }: TraceBranch): Colour => (span.error === undefined ? (colours.get(span.service) ?? 'cyan') : 'red')

  const rows = growTree(trace.spans).flatMap((root) => treeRows(root, strokes).map(({ branch, indent }) => row(branch, indent)))
  const linked = trace.linkedFrom.map((span): Segment[] => [
    { text: '  ↙ linked from ', colour: 'magenta' },
    { text: `${span.service} ${span.name}, trace ${span.traceId}` },
  ])
  const lines = trace.lines.map(({ atMs, level, service, message }): Segment[] => [
    { text: `${inMs(atMs - startedAtMs).padStart(timeWidth)} `, colour: 'gray' },
    { text: level.padEnd(5), ...colourOfLevel(level) },
    { text: ` ${service} `, colour: colours.get(service) ?? 'gray' },
    { text: message },
  ])
  const head = [`${summary.name} · ${inMs(durationMs)} ms`, counted(summary.spans, 'span'), counted(services.length, 'service')]
  const failed = summary.errors === 0 ? [] : [{ text: ` · ${summary.errors} failed`, colour: 'red' } as const]
  return [
    [{ text: head.join(' · '), colour: 'bold' } as const, ...failed],
    [
      {
        text: `trace ${trace.traceId} · ${new Date(startedAtMs).toISOString().replace('T', ' ').replace('Z', ' UTC')}`,
        colour: 'gray',
      } as const,
    ],
    [],
    [{ text: `${'at ms'.padStart(timeWidth)} ${'took'.padStart(timeWidth)}`, colour: 'gray' } as const],
    ...rows,
    ...(linked.length === 0 ? [] : [[], ...linked]),
    ...(lines.length === 0 ? [] : [[], [{ text: `${'at ms'.padStart(timeWidth)} logged`, colour: 'gray' } as const], ...lines]),
  ].map((segments: readonly Segment[]) => join(segments, columns, paint))
}

function join(segments: readonly Segment[], columns: number, paint: NonNullable<DrawOptions['paint']>): string {
  let left = columns
  const length = segments.reduce((sum, { text }) => sum + text.length, 0)
  const shown = segments.map(({ text, colour }) => {
    const plain = text.replaceAll(/\p{Cc}/gu, ' ')
    const part = length > columns && plain.length >= left ? `${plain.slice(0, Math.max(0, left - 1))}${left > 0 ? '…' : ''}` : plain
    left -= part.length
    return colour === undefined || part === '' ? part : paint(colour, part)
  })
  return shown.join('')
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

function bar({ from, to, cells }: { from: number; to: number; cells: number }): string {
  const start = Math.min(cells - 1, Math.max(0, Math.floor((Number.isFinite(from) ? from : 0) * cells)))
  const length = Math.max(1, Math.round(((Number.isFinite(to) ? to : 1) * cells - start) * 8))
  const [full, rest] = [Math.min(cells - start, Math.floor(length / 8)), length % 8]
  const drawn = `${'█'.repeat(full)}${start + full < cells ? (eighths[rest] ?? '') : ''}`
  return (' '.repeat(start) + drawn).padEnd(cells)
}

function inMs(ms: number): string {
  return ms.toFixed(1)
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

function colourOfLevel(level: string): { colour?: Colour } {
  if (level === 'error' || level === 'fatal') return { colour: 'red' }
  return level === 'warn' ? { colour: 'yellow' } : { colour: 'gray' }
}
