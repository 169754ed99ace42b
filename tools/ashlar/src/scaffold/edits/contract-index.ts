import { kebabCase } from '@ashlar/contract'
import { RefusedError } from '../../command.ts'
import type { File } from '../changes.ts'
import { addImport } from './add-import.ts'
import { addToList } from './add-to-list.ts'

/** Lists an operation in a contract's `index.ts`. */
export function withOperation(index: File, name: string): File {
  requireOneVersion(index)
  const text = addImport(index, { name, from: `./operations/${kebabCase(name)}.ts` })
  return { ...index, text: addToList({ ...index, text }, { list: /\boperations: \{([^}]*)\}/, name }) }
}

/** Lists an event in a contract's `index.ts`, and exports it for whoever announces it or reacts to it. */
export function withEvent(index: File, name: string): File {
  requireOneVersion(index)
  const from = `./events/${kebabCase(name)}.ts`
  const listed = listEvent({ ...index, text: addImport(index, { name, from }) }, name)
  return { ...index, text: exportBehind({ ...index, text: listed }, `export { ${name} } from '${from}'\n`) }
}

function requireOneVersion({ path, text }: File): void {
  const versions = text.split(/\bdefineContract\(/).length - 1
  if (versions > 1) throw new RefusedError(`${path} holds ${versions} versions of its contract: add to the one you mean by hand`)
}

function listEvent(index: File, name: string): string {
  if (/\bevents: \{/.test(index.text)) return addToList(index, { list: /\bevents: \{([^}]*)\}/, name })
  const operations = /^ {2}operations: \{[^}]*\},?$/m.exec(index.text)
  if (operations === null) throw new RefusedError(`${index.path} is written otherwise than expected: it lists no operations`)
  const end = operations.index + operations[0].length
  return `${index.text.slice(0, end).replace(/,?$/, ',')}\n  events: { ${name} },${index.text.slice(end)}`
}

function exportBehind({ text }: File, line: string): string {
  const events = [...text.matchAll(/^export \{[^}]*\} from '\.\/events\/[^']+'\n/gm)].filter(([before]) => before < line).at(-1)
  const first = /^export (?:type )?\{[^}]*\} from '\.\/[^']+'\n/m.exec(text)
  const at = events === undefined ? first?.index : events.index + events[0].length
  return at === undefined ? `${text.trimEnd()}\n\n${line}` : text.slice(0, at) + line + text.slice(at)
}
