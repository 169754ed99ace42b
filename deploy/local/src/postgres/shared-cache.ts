import { chmod, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerUnavailableError } from '../server/errors.ts'

/**
 * Makes, and gives, a folder of root's that other users can enter: the checkout and root's home usually are not.
 * Throws when a folder of that name belongs to somebody else.
 */
export async function sharedCache(): Promise<string> {
  for (const parent of ['/var/cache', tmpdir()]) {
    const folder = join(parent, 'ashlar')
    try {
      await mkdir(folder, { mode: 0o755 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') continue
    }
    await requireOwn(folder)
    // The umask may have taken away what others need to pass through.
    await chmod(folder, 0o755)
    return folder
  }
  throw new ServerUnavailableError(
    `Neither /var/cache nor ${tmpdir()} can be written, and PostgreSQL needs a folder that its own user can enter.`,
  )
}

async function requireOwn(folder: string): Promise<void> {
  const found = await lstat(folder)
  if (found.isDirectory() && found.uid === process.getuid?.()) return
  throw new ServerUnavailableError(
    `${folder} is not a folder of this user; PostgreSQL's files would not be safe there. Remove it and start again.`,
  )
}
