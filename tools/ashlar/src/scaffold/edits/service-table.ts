import { kebabCase } from '@ashlar/contract'
import type { File } from '../changes.ts'
import { addImport } from './add-import.ts'
import { addToList } from './add-to-list.ts'

/** Lists a handler in a service's `service.ts`. */
export function withHandler(service: File, name: string): File {
  const text = addImport(service, { name, from: `./operations/${kebabCase(name)}.ts` })
  return { ...service, text: addToList({ ...service, text }, { list: /\boperations: \{([^}]*)\}/, name }) }
}
