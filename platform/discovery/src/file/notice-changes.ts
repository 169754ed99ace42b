import { watch, type FSWatcher } from 'node:fs'
import { basename } from 'node:path'

/** Tells of changes in a folder as long as it exists. */
export interface ChangeNotices {
  /** Starts listening again where the folder was lost meanwhile; does nothing otherwise, and fails silently: a poll stands behind it. */
  listen(): void
  close(): void
}

/** Calls `onChange` when an entry comes, goes or is replaced; heartbeats are passed over. */
export function noticeChanges(folder: string, onChange: () => void): ChangeNotices {
  let watcher: FSWatcher | undefined
  return { listen, close }

  function listen(): void {
    if (watcher !== undefined) return
    try {
      watcher = watch(folder, (kind, name) => {
        // the folder's own name means that the folder itself went away, and this watcher with it
        if (name === basename(folder)) close()
        if (kind === 'rename') onChange()
      })
      watcher.on('error', close)
    } catch {
      watcher = undefined
    }
  }

  function close(): void {
    watcher?.close()
    watcher = undefined
  }
}
