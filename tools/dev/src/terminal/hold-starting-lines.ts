import type { SupervisedProcess } from '../processes/supervised-process.ts'

/** What of a process decides whether its lines are shown. */
export type Shown = Pick<SupervisedProcess, 'isReady' | 'pid'>

export interface StartingLines extends Disposable {
  readonly onLine: (name: string, line: string) => void
  readonly onNote: (name: string, note: string) => void
}

export interface StartingLinesOptions {
  readonly processOf: (name: string) => Shown | undefined
  readonly onLine: (name: string, line: string) => void
  readonly onNote: (name: string, note: string) => void
}

const heldMs = 2_000

/**
 * Holds back what a process says while it starts, for up to 2 s. Should it end meanwhile its lines are dropped, as the
 * note of its end tells them: once, and not at every attempt. Otherwise they are shown.
 */
export function holdStartingLines({ processOf, onLine, onNote }: StartingLinesOptions): StartingLines {
  const held = new Map<string, { readonly lines: string[]; readonly until: NodeJS.Timeout }>()
  function take(name: string): readonly string[] {
    const { lines = [], until } = held.get(name) ?? {}
    clearTimeout(until)
    held.delete(name)
    return lines
  }
  const show = (name: string): void => take(name).forEach((line) => onLine(name, line))
  return {
    onLine(name, line) {
      if (processOf(name)?.isReady !== false) {
        show(name)
        onLine(name, line)
        return
      }
      const waiting = held.get(name) ?? { lines: [], until: setTimeout(() => show(name), heldMs) }
      waiting.lines.push(line)
      held.set(name, waiting)
    },
    onNote(name, note) {
      const process = processOf(name)
      if (process !== undefined && process.pid === undefined) take(name)
      else show(name)
      onNote(name, note)
    },
    [Symbol.dispose]() {
      for (const name of held.keys()) take(name)
    },
  }
}
