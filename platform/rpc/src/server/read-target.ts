import { RequestRefusedError } from '@ashlar/contract'
import type { Asked, Target } from './routes.ts'
import { deprecationIn } from './tell-deprecated.ts'

export const largestBatch = 32

/**
 * Reads a target that is more than the plain path of an operation: a query string, a batch, an unknown name. Throws
 * `RequestRefusedError` when it cannot be decoded, holds too many calls, mixes queries with mutations, or puts a subscription into a batch.
 */
export function readTarget(url: string, targets: ReadonlyMap<string, Target>): Target {
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  const query = mark === -1 ? '' : url.slice(mark + 1)
  // it would put a replacement character where an escape is no UTF-8
  decoded(query)
  const parameters = new URLSearchParams(query)
  const isBatch = parameters.get('batch') === '1'
  const queryInput = parameters.get('input') ?? undefined

  const slash = path.lastIndexOf('/')
  const base = path.slice(0, slash + 1)
  const named = decoded(path.slice(slash + 1))
  const names = isBatch ? named.split(',') : [named]
  if (names.length > largestBatch)
    throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'batch_too_large' }, `a batch holds at most ${largestBatch} calls`)

  const asked = names.map((name): Asked => ({ name, route: targets.get(base + name)?.asked[0]?.route }))
  const kinds = new Set(asked.flatMap(({ route }) => (route === undefined ? [] : [route.operation.kind])))
  if (kinds.size > 1)
    throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'batch_mixed' }, 'a batch holds queries or mutations, not both')
  if (isBatch && kinds.has('subscription'))
    throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'batch_mixed' }, 'a subscription is asked for alone, not in a batch')
  return { asked, isBatch, queryInput, deprecation: deprecationIn(asked) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_path' }, 'the address is not valid URL encoding of UTF-8', {
      cause,
    })
  }
}
