import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecretFiles } from './secret-files.ts'

/** Writes each container's files into its own folder. Whoever sees the folder may read them: each is seen by one container only. */
export async function handOut(folder: string, files: SecretFiles): Promise<void> {
  for (const [container, own] of Object.entries(files)) {
    const home = join(folder, container)
    await mkdir(home, { recursive: true })
    for (const [name, text] of Object.entries(own)) {
      const draft = join(home, `.${name}`)
      // One left by a run that was killed cannot be written over: nobody may write it.
      await rm(draft, { force: true })
      await writeFile(draft, text, { mode: 0o444 })
      await rename(draft, join(home, name))
    }
  }
}
