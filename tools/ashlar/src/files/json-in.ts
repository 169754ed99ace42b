import { readFile } from 'node:fs/promises'
import { RefusedError } from '../command.ts'
import { absentAs } from './absent-as.ts'

/** Reads a file of JSON; `undefined` where there is no such file. Throws `RefusedError` naming a file that holds anything else. */
export async function jsonIn(file: string): Promise<unknown> {
  const text = await absentAs(undefined, readFile(file, 'utf8'))
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RefusedError(`${file} is not JSON`, { cause })
  }
}
