import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StartedShop } from './shop.ts'

/** A mail the shop handed over: the name of its file, and its text as it would be read. */
export interface Mail {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Reads every mail the shop has handed over, drafts included, by id. */
export async function readMail({ system }: StartedShop): Promise<Mail[]> {
  const folder = join(system.folder, 'mail')
  const names = (await readdir(folder).catch((): string[] => [])).toSorted()
  return Promise.all(names.map(async (name) => mailIn(name, await readFile(join(folder, name), 'utf8'))))
}

function mailIn(name: string, raw: string): Mail {
  const [head = '', body = ''] = raw.split('\r\n\r\n')
  const header = (field: string): string => new RegExp(`^${field}: (.*)$`, 'm').exec(head)?.[1]?.trim() ?? ''
  return {
    id: name.replace(/\.eml$/, ''),
    to: header('To'),
    subject: header('Subject'),
    text: Buffer.from(body, 'base64').toString(),
  }
}
