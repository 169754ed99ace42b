import type { Deprecation } from '@ashlar/contract'
import { html, type Html } from '../html.ts'

/** Says since when something should not be used any more, from when it may be gone, and what to use instead. */
export function deprecationText({ since, sunset, use }: Deprecation): Html {
  const end = sunset === undefined ? '' : `, gone from ${sunset} on`
  return html`<span class="gone">Deprecated since ${since}${end}${use === undefined ? '' : `: use ${use}`}</span>`
}
