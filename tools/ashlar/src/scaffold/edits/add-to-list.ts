import { RefusedError } from '../../command.ts'
import type { File } from '../changes.ts'

/** Adds a name to the names between two brackets, which are what `list` captures. Throws `RefusedError` where there is no such list. */
export function addToList({ path, text }: File, { list, name }: { list: RegExp; name: string }): string {
  const found = list.exec(text)
  const [whole = '', names = ''] = found ?? []
  if (found === null)
    throw new RefusedError(`${path} is written otherwise than expected: add ${name} to its list by hand, where ${list.source} would be`)
  const listed = names.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  const at = found.index + whole.lastIndexOf(names)
  return `${text.slice(0, at)} ${[...listed, name].join(', ')} ${text.slice(at + names.length)}`
}
