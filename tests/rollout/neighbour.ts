import { spawn } from 'node:child_process'
import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { repository } from '../harness/shop.ts'
import type { Errand, Report } from './conversation.ts'

const here = join(repository, 'tests', 'rollout')

/** Sends the client of a checkout on an errand, in a process of its own. Throws what it said when it fails. */
export async function sendNeighbour(root: string, errand: Errand): Promise<Report> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'tests', 'rollout', 'neighbour.main.ts')], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(JSON.stringify(errand))
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  if (code !== 0) throw new Error(`the client of ${root} ended with ${code}: ${complained}`)
  return JSON.parse(said) as Report
}

/** Gives a checkout from before there were neighbours the one of this commit, to run with its own packages. */
export async function ensureNeighbour(root: string): Promise<void> {
  const folder = join(root, 'tests', 'rollout')
  await mkdir(folder, { recursive: true })
  for (const file of ['conversation.ts', 'neighbour.main.ts']) {
    const isThere = await stat(join(folder, file)).then(
      () => true,
      () => false,
    )
    if (!isThere) await copyFile(join(here, file), join(folder, file))
  }
}
