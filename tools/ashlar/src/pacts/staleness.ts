import { changedParts, type Content } from './content-of.ts'
import type { PactFile } from './pact-files.ts'
import type { Known } from './results.ts'

const advice = 'npm run test:contract'
const most = 3

/** Says since when a provider, as it is, is not known to keep a pact: what changed after the last time it was held to it. */
export function notVerified(
  known: Known,
  { provider, consumer, hash }: PactFile,
  now: Pick<Content, 'version'> & Partial<Content>,
): string {
  const earlier = known.results.filter((one) => one.consumer === consumer)
  if (earlier.some(({ version }) => version === now.version))
    return `${provider} was not verified since what ${consumer} reads of it changed (pact ${hash}): ${advice}`
  const before = earlier.map(({ version }) => known.contents[version]).findLast((parts) => parts !== undefined)
  if (before === undefined || now.parts === undefined)
    return `${provider} ${now.version} was never held to what ${consumer} reads (pact ${hash}): ${advice}`
  return `${provider} was not verified for ${consumer} since ${listed(changedParts(before, now.parts))} changed: ${advice}`
}

/** Says since when a consumer, as it is, has not told what it reads; `undefined` where it has. */
export function notTold(known: Known, { provider, consumer, hash }: PactFile, now: Content): string | undefined {
  const told = known.results.filter((one) => one.consumer === consumer && one.pact === hash)
  if (told.length === 0 || told.some(({ toldBy }) => toldBy === now.version)) return undefined
  const before = told.map(({ toldBy = '' }) => known.contents[toldBy]).findLast((parts) => parts !== undefined)
  const since = before === undefined ? 'it' : listed(changedParts(before, now.parts))
  return `${consumer} has not told what it reads of ${provider} since ${since} changed: ${advice}`
}

function listed(parts: readonly string[]): string {
  const named = parts.slice(0, most)
  const rest = parts.length - named.length
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ').replace(/, ([^,]+)$/, ' and $1')
}
