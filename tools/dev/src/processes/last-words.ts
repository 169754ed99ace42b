// Frames and footers that say nothing about the program itself.
const nodesOwn = /^\s+at .*(?:node:|node_modules)|^Node\.js v|^\s*\^*\s*$/
const frame = /^\s+at /
// Where a cause begins: Node's "file:///…/main.ts:3" and "/…/main.ts:3", "ConfigInvalidError: …", a log line of an error.
const beginning = /^(?:file:\/\/)?\/\S+:\d+$|^(?:Uncaught )?\w*(?:Error|Exception)\b|^\{"level":"(?:error|fatal)"/
const shownLines = 12
const shownFrames = 3

/**
 * Picks the lines that tell why a process ended: from the one that names the file or the cause on, its own first frames,
 * and no more than a dozen. Without such a line, its last ones.
 */
export function lastWords(lines: readonly string[]): readonly string[] {
  const own = lines.filter((line) => !nodesOwn.test(line))
  const cause = own.findIndex((line) => beginning.test(line))
  if (cause === -1) return own.slice(-shownLines)
  let frames = 0
  const told = own.slice(cause).filter((line) => {
    frames = frame.test(line) ? frames + 1 : 0
    return frames <= shownFrames
  })
  return told.length > shownLines ? [...told.slice(0, shownLines), `… ${told.length - shownLines} more`] : told
}

/** What stays the same when a process ends for the same reason again: numbers and ids are left out. */
export function reasonOf(how: string, words: readonly string[]): string {
  return [how, ...words].join('\n').replace(/[\da-f]*\d[\da-f-]*/gi, '#')
}
