import { z, type AnyBoundOperation, type Issue } from '@ashlar/contract'

/** Turns the text of a query parameter into the JSON value the contract's field expects; text that does not fit is passed on for the contract to refuse. */
type Reader = (texts: readonly string[]) => unknown

export type QueryReader = (query: URLSearchParams) => { readonly fields: Record<string, unknown>; readonly issues: readonly Issue[] }

/** Compiles how an operation's input is read from a query string, once, at start. */
export function compileQueryReader(operation: AnyBoundOperation): QueryReader {
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string }>
  }
  const readers = new Map<string, Reader>()
  for (const [field, { type }] of Object.entries(schema.properties ?? {})) readers.set(field, readerOf(type))

  return (query) => {
    const fields: Record<string, unknown> = {}
    const issues: Issue[] = []
    for (const name of new Set(query.keys())) {
      const texts = query.getAll(name)
      const read = readers.get(name)
      if (read === undefined) issues.push({ path: [name], message: 'no such parameter' })
      else if (texts.length > 1 && read !== readList) issues.push({ path: [name], message: 'given more than once' })
      else fields[name] = read(texts)
    }
    return { fields, issues }
  }
}

const readText: Reader = ([text]) => text
const readList: Reader = (texts) => [...texts]
const readNumber: Reader = ([text = '']) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)
const readBoolean: Reader = ([text]) => (text === 'true' ? true : text === 'false' ? false : text)

function readerOf(type: string | undefined): Reader {
  switch (type) {
    case 'integer':
    case 'number':
      return readNumber
    case 'boolean':
      return readBoolean
    case 'array':
      return readList
    default:
      return readText
  }
}
