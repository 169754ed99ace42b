import { rm } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { textAfter } from '../server/log-end.ts'

// nats-server leaves out what it cannot read, says so in these words, and goes on without it.
const unreadableFile = /\[WRN\] .*"(?<file>[^"]+[/\\]meta\.(?:inf|sum))"/
const unreadableState = /\[WRN\] .*Error adding consumer '\S+ > (?<stream>\S+) > (?<consumer>\S+)':/

/** Gives the folders of streams and consumers that nats-server could not read when it started, as its log says from `from` bytes on. */
export async function unreadableFolders(store: string, { logFile, from }: { logFile: string; from: number }): Promise<string[]> {
  const lines = (await textAfter(logFile, from)).split('\n')
  return [...new Set(lines.flatMap((line) => folderIn(line, store) ?? []))]
}

/**
 * Removes what nats-server cannot read, while it is stopped: of a stream how it was configured, of a consumer how far it
 * had come. Whoever uses them makes both again, the stream over the messages that lie there; the consumer begins anew,
 * and inboxes know what they have seen. No message is removed.
 */
export async function mendFolder(folder: string): Promise<void> {
  if (basename(dirname(folder)) === 'obs') return rm(folder, { recursive: true, force: true })
  for (const name of ['meta.inf', 'meta.sum']) await rm(join(folder, name), { force: true })
}

function folderIn(line: string, store: string): string | undefined {
  const { file } = unreadableFile.exec(line)?.groups ?? {}
  if (file !== undefined) return dirname(file).startsWith(join(store, sep)) ? dirname(file) : undefined
  const { stream, consumer } = unreadableState.exec(line)?.groups ?? {}
  if (stream === undefined || consumer === undefined) return undefined
  return join(store, 'jetstream', '$G', 'streams', stream, 'obs', consumer)
}
