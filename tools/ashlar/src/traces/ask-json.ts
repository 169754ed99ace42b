import { RefusedError } from '../command.ts'

const patienceMs = 10_000

export interface JsonAnswer {
  readonly status: number
  readonly body: unknown
}

/** Asks for JSON. Throws `RefusedError` when nobody answers, or somebody who speaks otherwise; `who` says whom we meant. */
export async function askJson(url: URL, who: string): Promise<JsonAnswer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
    return { status: response.status, body: await response.json() }
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'is not what answers' : 'does not answer'
    throw new RefusedError(`${who} ${why} at ${url.origin}`, { cause })
  }
}
