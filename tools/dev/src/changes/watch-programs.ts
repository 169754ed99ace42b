import { watch, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ImportGraph } from './import-graph.ts'

const quietMs = 80

/** Programs by name, each with its entry file. */
export type Programs = ReadonlyMap<string, string>

/** Told which programs contain a changed file, with one such file for each. */
export type OnChange = (changed: ReadonlyMap<string, string>) => void

/** Watches the folders of every file that the programs are made of; `close()` ends that. */
export function watchPrograms({ programs, graph, onChange }: { programs: Programs; graph: ImportGraph; onChange: OnChange }): Disposable {
  const watchers = new Map<string, FSWatcher>()
  const touched = new Set<string>()
  let pause: NodeJS.Timeout | undefined

  function look(): void {
    const before = new Map([...programs].map(([name, entry]) => [name, graph.filesOf(entry)]))
    const changed = [...touched].filter((file) => isPartOf(file, before) && graph.refresh(file))
    touched.clear()
    const affected = new Map<string, string>()
    for (const file of changed) for (const [name, files] of before) if (files.has(file)) affected.set(name, file)
    if (affected.size === 0) return
    follow()
    onChange(affected)
  }

  // New imports bring new folders; folders no longer needed do no harm and stay.
  function follow(): void {
    for (const entry of programs.values()) for (const file of graph.filesOf(entry)) watchFolder(dirname(file))
  }

  function watchFolder(folder: string): void {
    if (watchers.has(folder)) return
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null) return
        touched.add(join(folder, name))
        clearTimeout(pause)
        pause = setTimeout(look, quietMs)
      })
      watcher.on('error', () => watchers.delete(folder))
      watchers.set(folder, watcher)
    } catch {
      // The folder of an import that does not exist: the program says so itself.
    }
  }

  follow()
  return {
    [Symbol.dispose]() {
      clearTimeout(pause)
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

function isPartOf(file: string, programs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return [...programs.values()].some((files) => files.has(file))
}
