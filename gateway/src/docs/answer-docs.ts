import { contentSecurityPolicy } from '@ashlar/contract-docs'
import { endResponse } from '@ashlar/rpc'
import type { Incoming } from '../forward/incoming.ts'
import type { CallerRules } from '../forward/caller.ts'
import { FaultError } from '../http/fault-error.ts'
import { callerAddress } from '../limits/caller-address.ts'
import { docsLimit } from '../limits/rate-classes.ts'
import type { KeptFile } from './kept-files.ts'
import { readDocs } from './read-docs.ts'
import { docsPath, type Docs } from './shop-docs.ts'

/** Whether an address belongs to the reference. */
export function isInDocs(path: string): boolean {
  return path === docsPath || path.startsWith(`${docsPath}/`)
}

/**
 * Answers GET and HEAD with a file of the reference. Which files there are is known by name: no address is looked up in a
 * folder. Throws `FaultError` 404 where there is none, 503 where the viewer it needs is not installed, 429 to who asks too often.
 */
export async function answerDocs({ request, response, target, noted }: Incoming, docs: Docs, rules: CallerRules): Promise<void> {
  noted.route = `${docsPath}/{file}`
  const { limiter, classes, trustedHops, telemetry } = rules
  const admission = limiter.admit(`docs ${callerAddress(request, trustedHops)}`, docsLimit(classes))
  if (!admission.admitted) {
    const { retryAfterSeconds } = admission
    telemetry.metrics.count('rate_limited_requests_total', { limit: 'docs' })
    const detail = `too many pages and files at once: try again in ${retryAfterSeconds} s`
    throw new FaultError({ status: 429, code: 'too_many_requests', detail, retryAfterSeconds })
  }
  const file = await readDocs(docs, target.path)
  if (response.headersSent || response.destroyed) return
  sendFile(file, { request, response })
}

const policy = `${contentSecurityPolicy}; frame-ancestors 'none'`

function sendFile(file: KeptFile, { request, response }: Pick<Incoming, 'request' | 'response'>): void {
  const isGzipped = takesGzip(request.headers['accept-encoding'])
  const body = isGzipped ? file.gzipped : file.plain
  const headers = {
    etag: tagOf(file, isGzipped),
    'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
  response.appendHeader('vary', 'Accept-Encoding')
  if (isKnown(request.headers['if-none-match'], file)) return endResponse(response, { status: 304, headers }, '')
  const described = { 'content-type': file.type, 'content-length': body.length, ...(isGzipped ? { 'content-encoding': 'gzip' } : {}) }
  return endResponse(response, { status: 200, headers: { ...headers, ...described } }, body)
}

function tagOf({ hash }: KeptFile, isGzipped: boolean): string {
  return isGzipped ? `"${hash}-gzip"` : `"${hash}"`
}

/** Whoever holds the content in either form has it. */
function isKnown(ifNoneMatch: string | undefined, file: KeptFile): boolean {
  const held = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return held.includes('*') || held.includes(tagOf(file, false)) || held.includes(tagOf(file, true))
}

function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  const offers = [acceptEncoding ?? []].flat().join(',').split(',')
  return offers.some((offer) => /^\s*gzip\s*(?:;\s*q=(?:1|0\.\d*[1-9]).*)?$/i.test(offer))
}
