import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Gives the flags by which Node writes a profile of a process to a folder of its own, below that of all profiles; none where nobody wants any. */
export async function profilingFlags(profiles: string | undefined, ...below: readonly string[]): Promise<readonly string[]> {
  if (profiles === undefined) return []
  const folder = join(profiles, ...below)
  await mkdir(folder, { recursive: true })
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`]
}
