/** One interaction of a consumer, replayed. */
export interface Replayed {
  readonly consumer: string
  readonly description: string
  /** What is not as the consumer reads it, each in a sentence; empty when the interaction is kept. */
  readonly broken: readonly string[]
}

/** What came of holding a provider to its consumers' pacts. */
export interface Verification {
  readonly provider: string
  readonly replayed: readonly Replayed[]
  /** States that could not be made, interactions that were not replayed, and whatever else stood in the way. */
  readonly problems: readonly string[]
}

interface Mismatch {
  readonly type: string
  readonly path?: string
  readonly key?: string
  readonly mismatch?: string
}

interface Result {
  readonly consumer: string
  readonly description: string
  readonly result: string
  readonly mismatch?: { readonly type: string; readonly message?: string; readonly mismatches?: readonly Mismatch[] }
}

interface Verifying {
  readonly provider: string
  /** Every interaction that is to be replayed. */
  readonly asked: readonly Pick<Replayed, 'consumer' | 'description'>[]
  readonly failedStates: readonly string[]
}

/** Reads what Pact's verifier said. What it was asked to replay and did not is a problem. */
export function readVerification(said: string, { provider, asked, failedStates }: Verifying): Verification {
  const results = resultsIn(said)
  if (results === undefined) return { provider, replayed: [], problems: [...failedStates, said] }
  const replayed = results.map(({ consumer, description, result, mismatch }) => ({
    consumer,
    description,
    broken: result === 'OK' ? [] : sentences({ consumer, description, result, ...(mismatch === undefined ? {} : { mismatch }) }, provider),
  }))
  const isReplayed = new Set(results.map(keyOf))
  const left = asked.filter((one) => !isReplayed.has(keyOf(one)))
  return {
    provider,
    replayed,
    problems: [...failedStates, ...left.map(({ consumer, description }) => `"${description}" of ${consumer} was not replayed`)],
  }
}

function keyOf({ consumer, description }: Pick<Replayed, 'consumer' | 'description'>): string {
  return JSON.stringify([consumer, description])
}

function resultsIn(said: string): readonly Result[] | undefined {
  try {
    return (JSON.parse(said) as { interactionResults?: readonly Result[] }).interactionResults
  } catch {
    return undefined
  }
}

function sentences({ consumer, description, mismatch }: Result, provider: string): string[] {
  const [deed = description, title = ''] = description.split(': ')
  const about = `${provider}.${deed}`
  const found = (mismatch?.mismatches ?? []).flatMap((one) => {
    const read = readingIn(one)
    return read.map(({ what, why }) => `${consumer} reads ${what} of ${about} (${title}): ${why}`)
  })
  return found.length > 0 ? found : [`${consumer} asks ${about} (${title}): ${mismatch?.message ?? mismatch?.type ?? 'it failed'}`]
}

function readingIn({ type, path = '$', key, mismatch = '' }: Mismatch): { what: string; why: string }[] {
  if (type === 'StatusMismatch') return [{ what: 'the status', why: mismatch }]
  if (type === 'HeaderMismatch' || type === 'MetadataMismatch') return [{ what: key ?? type, why: mismatch }]
  const missing = /^Actual map is missing the following keys: (.+)$/.exec(mismatch)?.[1]
  if (missing === undefined) return [{ what: asConsumersWrite(path), why: mismatch }]
  return missing.split(', ').map((field) => ({ what: asConsumersWrite(`${path}.${field}`), why: 'it is not there' }))
}

/** Takes the envelope off a path: `$.result.data.price` becomes `$.price`. */
function asConsumersWrite(path: string): string {
  return path.replace(/^\$\.(?:result\.data|data\.value|data)(?=[.[]|$)/, '$')
}
