import { rename, writeFile } from 'node:fs/promises'

/**
 * Writes a file so that whoever reads it finds the old text or the new, never a part. `mode` is its permission bits. One
 * process writes it at a time; what one that was killed meanwhile has left beside it, the next one writes over.
 */
export async function writeWhole(file: string, text: string, { mode }: { mode: number }): Promise<void> {
  const beside = `${file}.unfinished`
  await writeFile(beside, text, { mode })
  await rename(beside, file)
}
