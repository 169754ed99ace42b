import { RefusedError } from '../../command.ts'
import type { File } from '../changes.ts'

/** Adds an import before the first that the alphabet puts behind it, packages before what lies beside. Throws `RefusedError` where nothing is imported. */
export function addImport({ path, text }: File, { name, from }: { name: string; from: string }): string {
  const imports = [...text.matchAll(/^import [^]*? from '([^']+)'\n/gm)]
  const last = imports.at(-1)
  if (last === undefined) throw new RefusedError(`${path} is written otherwise than expected: it imports nothing`)
  const next = imports.find(([, module = '']) => rank(module) > rank(from))
  const at = next?.index ?? last.index + last[0].length
  return `${text.slice(0, at)}import { ${name} } from '${from}'\n${text.slice(at)}`
}

function rank(module: string): string {
  return `${module.startsWith('.') ? 1 : 0}${module}`
}
