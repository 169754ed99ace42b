import type { AnyBoundOperation } from '@ashlar/contract'

/** Headers that a deprecated operation is answered with. */
export function deprecationResponseHeaders({ deprecated }: AnyBoundOperation): { headers?: object } {
  if (deprecated === undefined) return {}
  const text = { type: 'string' }
  return {
    headers: {
      Deprecation: { description: 'Since when it is deprecated (RFC 9745).', schema: text },
      ...(deprecated.sunset === undefined ? {} : { Sunset: { description: 'When it may be gone (RFC 8594).', schema: text } }),
      ...(deprecated.use === undefined ? {} : { Link: { description: 'What replaces it, as `successor-version`.', schema: text } }),
    },
  }
}
