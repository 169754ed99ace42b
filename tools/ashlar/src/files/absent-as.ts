import { stat } from 'node:fs/promises'

/** Gives what was read, or the stand-in where there is no such file or folder. Throws whatever else goes wrong: a file that is there and cannot be read is an error. */
export async function absentAs<Value, Otherwise>(otherwise: Otherwise, reading: Promise<Value>): Promise<Value | Otherwise> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise
    throw error
  }
}

/** Says whether there is a file or folder. */
export async function isThere(path: string): Promise<boolean> {
  return (await absentAs(undefined, stat(path))) !== undefined
}
