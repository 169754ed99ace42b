import { styleText } from 'node:util'
import { drawTrace, type DrawOptions, type KeptTrace } from '@observability/telemetry/trace-tree'
import { called } from '../command-line.ts'
import { RefusedError, UsageError, type Command } from '../command.ts'
import type { TraceSource } from '../traces/trace-source.ts'

/** Draws one trace, asking the source that is there when it is called. */
export function traceFrom(source: () => Promise<TraceSource>, options: () => DrawOptions = forThisTerminal): Command {
  return {
    words: ['trace'],
    parameters: '<id>',
    takes: 'one',
    summary: 'one trace as a tree: times, services, failures, messages, links; the beginning of its id is enough',
    options: { json: { kind: 'boolean', help: 'as JSON' } },
    async run({ parameters: [given], options: chosen, print }) {
      if (given === undefined) throw new UsageError(`say which: its id, or the beginning of it; ${called} traces lists them`)
      const trace = await find(await source(), given)
      if (chosen['json'] === true) return print(JSON.stringify(trace, undefined, 2))
      for (const line of drawTrace(trace, options())) print(line)
    },
  }
}

async function find(source: TraceSource, given: string): Promise<KeptTrace> {
  const beginning = given.toLowerCase()
  if (!/^[0-9a-f]{1,32}$/.test(beginning)) throw new RefusedError(`${given} is no trace id: it has up to 32 digits, 0 to 9 and a to f`)
  const found = await source.find(beginning)
  switch (found.kind) {
    case 'found':
      return found.trace
    case 'ambiguous':
      throw new RefusedError(`${given} may be any of these; say more of its id:\n${found.traceIds.map((id) => `  ${id}`).join('\n')}`)
    case 'unknown':
      throw new RefusedError(`${found.why}: see ${called} traces`)
  }
}

function forThisTerminal(): DrawOptions {
  const { isTTY, columns } = process.stdout
  if (!isTTY) return {}
  const paint: DrawOptions['paint'] = (colour, text) => styleText(colour, text, { validateStream: false })
  return { columns, ...(process.env['NO_COLOR'] === undefined ? { paint } : {}) }
}
