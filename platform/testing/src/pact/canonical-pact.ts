interface Pact {
  readonly consumer: { readonly name: string }
  readonly provider: { readonly name: string }
  readonly interactions: readonly { readonly description: string }[]
}

/** Writes a pact so that the same stories give the same text: sorted, and without the versions of whatever wrote it. */
export function canonicalPact(text: string): string {
  const { consumer, provider, interactions } = JSON.parse(text) as Pact
  const ordered = interactions.toSorted((one, other) => (one.description < other.description ? -1 : 1)).map(sorted)
  const pact = { consumer, provider, interactions: ordered, metadata: { pactSpecification: { version: '4.0' } } }
  return `${JSON.stringify(pact, undefined, 2)}\n`
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(fields.map(([name, inside]) => [name, sorted(inside)]))
}
