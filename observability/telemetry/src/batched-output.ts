import { pino, type DestinationStream } from 'pino'

const longestWaitMs = 50
const mostWaiting = 65_536

export interface BatchedOutput extends DestinationStream {
  /** Writes what is left, at once: the last thing before a process dies. */
  flushSync(): void
}

const key = Symbol.for('@observability/telemetry.output')

/**
 * Standard output, written a batch at a time: a line leaves with the next 64 KiB or after 50 ms, since each write wakes another
 * thread and costs many times what the line does. All loggers of a process share it, so that their lines never mix: it hangs on the
 * process, as its standard output does. Whatever is left is written before the process ends.
 */
export function batchedOutput(): BatchedOutput {
  const here = globalThis as { [key]?: BatchedOutput }
  here[key] ??= openOutput()
  return here[key]
}

function openOutput(): BatchedOutput {
  const output = pino.destination({ sync: false })
  // Pino asks its output for these when the process ends, and knows nothing of what waits here. It waits here since pino's
  // output looks through all that waits there again with each line.
  const ends = { flush: output.flush.bind(output), flushSync: output.flushSync.bind(output) }
  let waiting = ''
  let due: NodeJS.Timeout | undefined
  function hand(): void {
    clearTimeout(due)
    due = undefined
    if (waiting !== '') output.write(waiting)
    waiting = ''
  }
  function flushSync(): void {
    hand()
    ends.flushSync()
  }
  function flush(done?: (error?: Error) => unknown): void {
    hand()
    ends.flush(done)
  }
  Object.assign(output, { flush, flushSync })
  return {
    write(line) {
      waiting += line
      if (waiting.length >= mostWaiting) hand()
      else due ??= setTimeout(hand, longestWaitMs).unref()
    },
    flushSync,
  }
}
