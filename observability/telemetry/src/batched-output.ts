import { pino, type DestinationStream } from 'pino'

const longestWaitMs = 20

/**
 * Standard output, written a batch at a time: a line leaves with the next 3 KiB or after 20 ms, since each write wakes another
 * thread and costs more than the line. Batches are whole lines and no more than a pipe takes at once, so that lines of two
 * loggers never mix. Whatever is left is written before the process ends.
 */
export function batchedOutput(): DestinationStream & { flushSync(): void } {
  const output = pino.destination({ sync: false, minLength: 3_072, maxWrite: 4_096 })
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
