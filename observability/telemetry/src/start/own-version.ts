import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Reads the version of the package a program belongs to, as `service.version`; nothing where there is none. */
export function ownVersion(program: string | undefined): { 'service.version'?: string } {
  if (program === undefined) return {}
  for (let folder = dirname(program); ; folder = dirname(folder)) {
    const version = versionIn(join(folder, 'package.json'))
    if (version !== undefined) return { 'service.version': version }
    if (folder === dirname(folder)) return {}
  }
}

function versionIn(file: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown }
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
