declare const canonical: unique symbol

/**
 * The one form of a request's target: what is matched is what is authorised, limited, logged and forwarded. Nothing but
 * `readTarget` makes one. Ten proxy CVEs of 2026 share one root: the path that was matched was not the path that was forwarded.
 */
export interface CanonicalTarget {
  readonly [canonical]: true
  /** Decoded and encoded again, no empty or dot segment, no trailing slash. */
  readonly path: string
  readonly query: URLSearchParams
}

/** A target that two readers could read differently. */
export class TargetRefusedError extends Error {
  override readonly name = 'TargetRefusedError'
}

const maxTargetBytes = 8_192
/** A path that reads the same however often it is decoded: letters, digits, `-`, `_` and `~`, in parts that are not empty. */
const plainPath = /^(?:\/[\w~-]+)+$/

/** Reads an origin-form target. Throws `TargetRefusedError` for anything ambiguous: absolute form, backslashes, fragments, empty or dot segments, encoded separators, bad or double encoding, control characters. */
export function readTarget(raw: string): CanonicalTarget {
  if (raw.length > maxTargetBytes) throw new TargetRefusedError(`the address is longer than ${maxTargetBytes} bytes: send less in it`)
  if (!raw.startsWith('/')) throw new TargetRefusedError('the address must begin with /: send path and query only')
  if (!/^[\x21-\x7e]+$/.test(raw)) throw new TargetRefusedError('the address holds a character that must be percent-encoded')
  if (/[\\#]/.test(raw)) throw new TargetRefusedError('the address holds a backslash or a fragment: encode or leave out \\ and #')
  const mark = raw.indexOf('?')
  if (mark === -1) return { path: canonicalPath(raw), query: new URLSearchParams() } as CanonicalTarget
  const query = raw.slice(mark + 1)
  decode(query)
  return { path: canonicalPath(raw.slice(0, mark)), query: new URLSearchParams(query) } as CanonicalTarget
}

function canonicalPath(path: string): string {
  if (path === '/' || plainPath.test(path)) return path
  return `/${path.slice(1).split('/').map(canonicalSegment).join('/')}`
}

function canonicalSegment(segment: string): string {
  const decoded = decode(segment)
  if (decoded === '' || decoded === '.' || decoded === '..')
    throw new TargetRefusedError('the path holds an empty part, . or ..: write the address without')
  // a second decoding must change nothing, and no separator may hide in a segment
  if (/[/\\%\p{Cc}]/u.test(decoded))
    throw new TargetRefusedError('a part of the path holds an encoded /, \\, % or control character, which no address here does')
  return encodeURIComponent(decoded).replaceAll(/%(2C|40|3A)/g, (escape) => decodeURIComponent(escape))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new TargetRefusedError('the address is not valid percent-encoding of UTF-8', { cause })
  }
}
