import { join } from 'node:path'
import { FolderInUseError, requireUnlocked } from '@deploy/local'
import { readLine } from '@observability/telemetry/otlp'
import { holdTracePort } from '../traces/hold-trace-port.ts'
import { createTraceStore } from '../traces/trace-store.ts'
import type { Step } from './step.ts'
import type { SystemOptions } from './system-options.ts'

// About a thousand orders, in no more memory than one service takes.
const limits = { maxTraces: 5_000, maxBytes: 64 * 1024 * 1024 }

/** The traces of a system, kept while nobody else receives them. */
export interface KeptTraces {
  /** Takes what a process printed; what belongs to a trace is kept with it. */
  takeLine(line: string): void
  close(): Promise<void>
}

/** Receives the traces of a system while nothing else does; says in the table where they go. Gives `undefined` when that is not wanted. */
export async function keepTraces(options: SystemOptions): Promise<KeptTraces | undefined> {
  const { folder, ports, onStep = () => undefined, onNote = () => undefined } = options
  if (options.traces !== 'kept') return undefined
  const elsewhere = options.inherited?.['OTEL_EXPORTER_OTLP_ENDPOINT']
  if (elsewhere !== undefined) {
    onStep({ outcome: 'done', what: 'traces', how: 'sent as you said', where: elsewhere })
    return undefined
  }
  const isStackThere = (): Promise<boolean> => isLocked(join(folder, 'stack'))
  const store = createTraceStore(limits)
  let isStarted = false
  const port = await holdTracePort({
    port: ports.otlp,
    store,
    isWanted: isStackThere,
    onChange: (holder) =>
      isStarted && onNote('traces', holder === 'us' ? 'received here again: npm run ashlar -- traces' : 'go to the stack from now on'),
  })
  isStarted = true
  onStep(stepOf({ isOurs: port.isOurs, isStackThere: await isStackThere(), port: ports.otlp }))
  return {
    takeLine(line) {
      const record = port.isOurs ? readLine(line) : undefined
      if (record !== undefined) store.addLines([record])
    },
    close: () => port.close(),
  }
}

function stepOf({ isOurs, isStackThere, port }: { isOurs: boolean; isStackThere: boolean; port: number }): Step {
  const where = `127.0.0.1:${port}`
  if (isOurs) return { outcome: 'done', what: 'traces', how: 'kept in memory', where }
  if (isStackThere) return { outcome: 'done', what: 'traces', how: 'sent to the stack', where }
  return { outcome: 'absent', what: 'traces', how: `go to whatever has port ${port}; they are kept here as soon as it is free` }
}

async function isLocked(folder: string): Promise<boolean> {
  try {
    await requireUnlocked(folder)
    return false
  } catch (error) {
    if (error instanceof FolderInUseError) return true
    throw error
  }
}
