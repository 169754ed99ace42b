import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const file = join(import.meta.dirname, '..', '..', 'compose.yaml')

/** Runs Docker Compose on our file, its progress on this terminal. Gives its exit code. */
export async function runCompose(words: readonly string[]): Promise<number> {
  const child = spawn('docker', ['compose', '--file', file, ...words], { stdio: 'inherit' })
  // Ctrl-C reaches Compose as well: it ends in good order, and we after it.
  const wait = (): void => undefined
  process.on('SIGINT', wait)
  try {
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  } finally {
    process.off('SIGINT', wait)
  }
}
