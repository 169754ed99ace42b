import { pino, type DestinationStream } from 'pino'

const longestWaitMs = 20

export interface BatchedOutput extends DestinationStream {
  /** Writes what is left, at once: the last thing before a process dies. */
  flushSync(): void
}

const key = Symbol.for('@observability/telemetry.output')

/**
 * Standard output, written a batch at a time: a line leaves with the next 16 KiB or after 20 ms, since each write wakes another
 * thread and costs many times what the line does. All loggers of a process share it, so that their lines never mix: it hangs on the
 * process, as its standard output does. Whatever is left is written before the process ends.
 */
export function batchedOutput(): BatchedOutput {
  const here = globalThis as { [key]?: BatchedOutput }
  here[key] ??= openOutput()
  return here[key]
}

function openOutput(): BatchedOutput {
  const output = pino.destination({ sync: false, minLength: 15_360, maxWrite: 16_384 })
  let due: NodeJS.Timeout | undefined
  let mayWait = false
  const flush = (): void => {
    due = undefined
    output.flush()
  }
  const flushSoon = (): void => {
    due ??= setTimeout(flush, longestWaitMs).unref()
  }
  // A flush does nothing while a slow reader holds up a write: what came meanwhile is flushed after it.
  output.on('drain', () => {
    if (mayWait) flushSoon()
    mayWait = false
  })
  return {
    write(line) {
      mayWait = true
      output.write(line)
      flushSoon()
    },
    flushSync: () => output.flushSync(),
  }
}
