import type { AnyBoundOperation, Issue } from '@ashlar/contract'
import { flawOf } from '@ashlar/rpc'
import { fieldsOf, type FieldForm } from './field-forms.ts'

/** Turns the text of a query parameter into the JSON value the contract's field expects; text that does not fit is passed on for the contract to refuse. */
type Reader = (texts: readonly string[]) => unknown

export type QueryReader = (query: URLSearchParams) => { readonly fields: Record<string, unknown>; readonly issues: readonly Issue[] }

/**
 * Compiles how an operation's input is read from a query string, once, at start. Fields of the path are not read from it, and a
 * method with a body takes no parameters at all: what belongs into a body must not end up in the access log of somebody's proxy.
 */
export function compileQueryReader(operation: AnyBoundOperation): QueryReader {
  const { method, path = '' } = operation.rest ?? {}
  const readers = new Map<string, { isList: boolean; read: Reader }>()
  for (const [field, form] of method === 'GET' ? fieldsOf(operation.input) : []) {
    if (!path.includes(`{${field}}`)) readers.set(field, { isList: form.list !== undefined, read: readerOf(form) })
  }
  return (query) => {
    const fields: Record<string, unknown> = {}
    const issues: Issue[] = []
    for (const name of new Set(query.keys())) {
      const texts = query.getAll(name)
      const reader = readers.get(name)
      if (reader === undefined) issues.push({ path: [name], message: 'no such parameter' })
      else if (texts.length > 1 && !reader.isList) issues.push({ path: [name], message: 'given more than once' })
      else {
        const flaw = texts.map(flawOf).find((one) => one !== undefined)
        if (flaw === undefined) fields[name] = reader.read(texts)
        else issues.push({ path: [name], message: `holds ${flaw}` })
      }
    }
    return { fields, issues }
  }
}

function readerOf({ list, ...form }: FieldForm): Reader {
  if (list !== undefined) return (texts) => texts.map((text) => readOne(list, text))
  return ([text = '']) => readOne(form, text)
}

function readOne({ types }: FieldForm, text: string): unknown {
  // where text would do, text it is: the contract says whether it is the right one
  if (types.has('string')) return text
  if ((types.has('number') || types.has('integer')) && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
