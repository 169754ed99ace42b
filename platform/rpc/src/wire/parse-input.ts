import { isUtf8 } from 'node:buffer'
import { RequestRefusedError, type Issue } from '@ashlar/contract'
import { forbiddenKeys } from './parse-json.ts'

/** Nearly every text is cleared by this one search. Half a surrogate pair and NUL come into a JSON string by an escape only. */
const mayHoldUnfit = /__proto__|constructor|\\u/

export interface InputLimits {
  /** Levels of arrays and objects; any number unless said. */
  readonly deepest?: number
}

/**
 * Parses a caller's JSON. Throws `RequestRefusedError`: `invalid_json` for bytes that are not UTF-8, text that is not JSON or
 * nests too deep, and for a key that reaches a prototype as soon as somebody copies or merges the value; `invalid_input`, naming
 * the field, for text that no database column can hold and no UTF-8 can say.
 */
export function parseInput(given: Buffer | string, { deepest = Infinity }: InputLimits = {}): unknown {
  const text = typeof given === 'string' ? given : textIn(given)
  const value = parsed(text)
  if (mayHoldUnfit.test(text) || mayNestDeeper(text, deepest)) refuseUnfit(value, { deepest })
  return value
}

function textIn(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw invalidJson('the body is not valid UTF-8: send JSON in UTF-8')
  return bytes.toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // the parser's own words quote the text, which may hold a password
    throw invalidJson('this is not valid JSON', new SyntaxError(cause instanceof Error ? cause.name : 'unreadable'))
  }
}

/** Counts what opens a level, in strings too: an upper bound that is cheap to have. */
function mayNestDeeper(text: string, deepest: number): boolean {
  if (deepest === Infinity) return false
  let openers = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if ((character === 0x7b || character === 0x5b) && (openers += 1) > deepest) return true
  }
  return false
}

interface Place {
  readonly value: unknown
  readonly key: string | number
  readonly above: Place | undefined
  readonly depth: number
}

/** Throws `RequestRefusedError` for what `parseInput` refuses inside a value. Walks with a list of its own: deep nesting must not exhaust the stack. */
export function refuseUnfit(value: unknown, { deepest = Infinity }: InputLimits = {}): void {
  const left: Place[] = [{ value, key: '', above: undefined, depth: 0 }]
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    const { value: found, depth } = place
    if (typeof found === 'string') refuseUnfitText(found, place)
    if (typeof found !== 'object' || found === null) continue
    if (depth >= deepest) throw invalidJson(`more than ${deepest} levels of JSON`)
    const isList = Array.isArray(found)
    for (const [key, inner] of Object.entries(found)) {
      if (!isList) refuseUnfitKey(key, place)
      left.push({ value: inner, key: isList ? Number(key) : key, above: place, depth: depth + 1 })
    }
  }
}

function refuseUnfitKey(key: string, place: Place): void {
  if (forbiddenKeys.includes(key)) throw invalidJson(`the key ${key} is not accepted`)
  const flaw = flawOf(key)
  if (flaw !== undefined) throw unfit(pathTo(place), `a name in it holds ${flaw}`)
}

function refuseUnfitText(text: string, place: Place): void {
  const flaw = flawOf(text)
  if (flaw !== undefined) throw unfit(pathTo(place), `holds ${flaw}`)
}

/** Says what keeps a text from being kept and sent on, or `undefined` when nothing does. */
export function flawOf(text: string): string | undefined {
  if (text.includes('\0')) return 'the character NUL (U+0000), which is not accepted'
  return text.isWellFormed() ? undefined : 'half of a surrogate pair, which is no character'
}

function pathTo(place: Place): (string | number)[] {
  const path: (string | number)[] = []
  for (let at = place; at.above !== undefined; at = at.above) path.push(at.key)
  return path.toReversed()
}

function unfit(path: Issue['path'], message: string): RequestRefusedError {
  return new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_input' }, 'a text in the input cannot be kept: see issues', {
    issues: [{ path, message }],
  })
}

function invalidJson(message: string, cause?: Error): RequestRefusedError {
  return new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_json' }, message, { cause })
}
