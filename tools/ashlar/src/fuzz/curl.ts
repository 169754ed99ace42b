import { called } from '../command-line.ts'
import type { WireRequest } from './face.ts'

interface Repeated {
  readonly url: URL
  readonly request: WireRequest
  /** What `ashlar token` is asked for; nothing where nobody has to be proved. */
  readonly token: string | undefined
}

/** Writes the command that sends a request again. Tokens are good for a minute and secret: the command makes a new one. */
export function curlFor({ url, request: { method, target, headers, body }, token }: Repeated): string {
  const proof = token === undefined ? [] : [`-H "authorization: Bearer $(${called.replace('run', 'run --silent')} token ${token})"`]
  const others = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`)
  const data = body === undefined ? [] : [`--data-raw ${quoted(body)}`]
  return ['curl -sS', `-X ${method}`, quoted(new URL(target, url).href), ...proof, ...others, ...data].join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
