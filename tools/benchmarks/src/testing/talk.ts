import type { Talking } from '../run-bench.ts'

/** Hears what a benchmark says. */
export function talk(
  signal: AbortSignal = new AbortController().signal,
): Talking & { readonly said: string[]; readonly complained: string[] } {
  const [said, complained] = [[] as string[], [] as string[]]
  return { signal, said, complained, say: (text) => void said.push(text), complain: (text) => void complained.push(text) }
}
