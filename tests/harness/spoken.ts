import { readFile } from 'node:fs/promises'
import type { StartedShop } from './shop.ts'

/** Gives every line the shop has said to its operators so far: its processes' and its servers' logs. */
export async function everythingSaid({ logs, system }: StartedShop): Promise<string[]> {
  const files = system.servers.all.map(async ({ title, logFile }) => {
    const text = await readFile(logFile, 'utf8')
    return text.split('\n').map((line) => `${title}: ${line}`)
  })
  const said = [...logs].flatMap(([process, lines]) => lines.map((line) => `${process}: ${line}`))
  return [...said, ...(await Promise.all(files)).flat()]
}

/** Finds the lines that give a secret away, with the secret named and hidden. */
export function leaksIn(lines: readonly string[], secrets: Readonly<Record<string, string>>): string[] {
  return lines.flatMap((line) =>
    Object.entries(secrets)
      .filter(([, secret]) => line.includes(secret))
      .map(([name, secret]) => `${name} in: ${line.replaceAll(secret, '…').slice(0, 400)}`),
  )
}
