import { pino, type DestinationStream } from 'pino'
import { startedTelemetry } from './started.ts'

const longestWaitMs = 20
const mostWaiting = 16_384

export interface BatchedOutput extends DestinationStream {
  /** Writes what is left, at once: the last thing before a process dies. */
  flushSync(): void
}

const key = Symbol.for('@observability/telemetry.output')

/**
 * Standard output, and the collector where telemetry is on, written a batch at a time: a line leaves with the next 16 KiB or after 20 ms, since a write costs many times what
 * the line does. All loggers of a process share it, so that their lines never mix: it hangs on the process, as its standard output
 * does. Whatever is left is written before the process ends; whoever reads too slowly makes it wait, as Node's own standard output
 * does: a write that goes on meanwhile would be lost with the process, or end up in the middle of another.
 */
export function batchedOutput(): BatchedOutput {
  const here = globalThis as { [key]?: BatchedOutput }
  here[key] ??= openOutput()
  return here[key]
}

/** Writes what waits in this process, if anything does. */
export function flushOutput(): void {
  ;(globalThis as { [key]?: BatchedOutput })[key]?.flushSync()
}

function openOutput(): BatchedOutput {
  const output = pino.destination({ sync: true })
  // not in that output: it looks through all that waits there again with each line
  let waiting = ''
  let count = 0
  let due: NodeJS.Timeout | undefined
  function flushSync(): void {
    clearTimeout(due)
    due = undefined
    if (count === 0) return
    const [batch, lines] = [waiting, count]
    waiting = ''
    count = 0
    output.write(batch)
    // telemetry may start after the first line was written
    startedTelemetry()?.takeLines(batch, lines)
  }
  process.on('exit', flushSync)
  return {
    write(line) {
      waiting += line
      count += 1
      if (waiting.length >= mostWaiting) flushSync()
      else due ??= setTimeout(flushSync, longestWaitMs).unref()
    },
    flushSync,
  }
}
