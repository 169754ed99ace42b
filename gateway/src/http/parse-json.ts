import { FaultError } from './fault-error.ts'

const forbiddenKeys = ['__proto__', 'constructor']
/** Nothing a contract asks for nests this deep; writing what nests a thousand times deeper would exhaust the stack. */
const deepest = 64

/** Parses JSON text from outside. Throws `invalid_json` for text that is none, that nests too deep, or that holds a key reaching for a prototype. */
export function parseJson(text: string): unknown {
  const value = parsed(text)
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) throw invalid(`more than ${deepest} levels of JSON`)
    level = level.flatMap(membersOf)
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // the parser's own words quote the text, which may hold a password
    throw invalid('this is not valid JSON', { cause: new SyntaxError(cause instanceof Error ? cause.name : 'unreadable') })
  }
}

function membersOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  for (const key of forbiddenKeys) if (Object.hasOwn(value, key)) throw invalid(`the key ${key} is not accepted`)
  return Object.values(value)
}

function invalid(detail: string, options?: ErrorOptions): FaultError {
  return new FaultError({ status: 400, code: 'invalid_json', detail }, options)
}
