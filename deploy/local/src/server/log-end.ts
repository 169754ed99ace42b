import { open, stat } from 'node:fs/promises'

const shownLines = 8

/** Gives a log's length in bytes; 0 while there is none. */
export async function lengthOf(logFile: string): Promise<number> {
  return (await stat(logFile).catch(() => undefined))?.size ?? 0
}

/** Gives what a log says after its first `from` bytes. Throws when there is none. */
export async function textAfter(logFile: string, from: number): Promise<string> {
  await using handle = await open(logFile)
  const length = Math.max(0, (await handle.stat()).size - from)
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position: from })
  return buffer.subarray(0, bytesRead).toString('utf8')
}

/** Gives the last lines of a log after its first `from` bytes. What says the same as a line after it, but for numbers, is left out. */
export async function endOfLog(logFile: string, { from }: { from: number }): Promise<string[]> {
  const text = await textAfter(logFile, from).catch(() => '')
  // Where the same words come again and again, as from a server asked every moment, the last time tells them all.
  const last = new Map<string, string>()
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const words = line.replaceAll(/\d+/g, '#')
    last.delete(words)
    last.set(words, line)
  }
  return [...last.values()].slice(-shownLines)
}
