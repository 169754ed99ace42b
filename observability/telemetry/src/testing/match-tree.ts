import { growTree, type TraceBranch } from '../trace-tree/grow-tree.ts'
import type { SpanRecord } from '../trace-tree/span-record.ts'
import type { SpanKind } from '../tracing/span.ts'

/** What a span should look like. What is left out may be anything; a text may be a pattern. */
export interface ExpectedSpan {
  readonly name: string | RegExp
  readonly service?: string
  readonly kind?: SpanKind
  readonly attributes?: Readonly<Record<string, unknown>>
  /** Names of the spans it is linked to: these, in any order. */
  readonly links?: readonly (string | RegExp)[]
  /** The class of its failure; `null` for a span that did not fail. */
  readonly error?: string | RegExp | null
  /** Spans it is the parent of, in any order. */
  readonly children?: readonly ExpectedSpan[]
}

export interface MatchOptions {
  /** Whether a span may have children that were not expected. */
  readonly others: 'allowed' | 'refused'
}

/** Tells why a span, with those below it, is not what was expected; `undefined` when it is. */
export function mismatch({ span, children }: TraceBranch, expected: ExpectedSpan, scene: MatchOptions & Scene): string | undefined {
  const own = ownMismatch(span, expected, scene)
  if (own !== undefined) return own
  const wanted = expected.children ?? []
  if (scene.others === 'refused' && children.length > wanted.length) {
    return `${said(span)} has ${children.length} children, not ${wanted.length}`
  }
  if (assign(children, wanted, scene)) return undefined
  const missing = wanted.find((child) => children.every((branch) => mismatch(branch, child, scene) !== undefined))
  return missing === undefined
    ? `under ${said(span)} two expected spans claim the same one`
    : `under ${said(span)} there is no ${nameOf(missing)}: ${nearest(children, missing, scene)}`
}

/** The spans links are looked up in. */
export interface Scene {
  readonly spans: readonly SpanRecord[]
}

/** Gives every branch of the trees, roots first. */
export function allBranches(spans: readonly SpanRecord[]): TraceBranch[] {
  const below = (branch: TraceBranch): TraceBranch[] => [branch, ...branch.children.flatMap(below)]
  return growTree(spans).flatMap(below)
}

/** Says what is wrong with the one that comes nearest: the one of that name, if there is one. */
export function nearest(branches: readonly TraceBranch[], expected: ExpectedSpan, scene: MatchOptions & Scene): string {
  const named = branches.filter(({ span }) => fits(span.name, expected.name))
  if (named.length === 0)
    return branches.length === 0 ? 'there is nothing' : `there is ${branches.map(({ span }) => said(span)).join(', ')}`
  return named.map((branch) => mismatch(branch, expected, scene)).join('; ')
}

/** Finds for each expected span one of its own, trying again where two want the same. */
function assign(branches: readonly TraceBranch[], wanted: readonly ExpectedSpan[], scene: MatchOptions & Scene): boolean {
  const [first, ...rest] = wanted
  if (first === undefined) return true
  return branches.some((branch, index) => mismatch(branch, first, scene) === undefined && assign(branches.toSpliced(index, 1), rest, scene))
}

function ownMismatch(span: SpanRecord, expected: ExpectedSpan, { spans }: Scene): string | undefined {
  if (!fits(span.name, expected.name)) return `it is called ${span.name}`
  if (expected.service !== undefined && span.service !== expected.service)
    return `${span.name} is of ${span.service}, not ${expected.service}`
  if (expected.kind !== undefined && span.kind !== expected.kind) return `${span.name} is ${span.kind}, not ${expected.kind}`
  for (const [name, value] of Object.entries(expected.attributes ?? {})) {
    if (!fits(span.attributes[name], value)) return `${span.name} has ${name}=${String(span.attributes[name])}, not ${String(value)}`
  }
  if (expected.error === null && span.error !== undefined) return `${span.name} failed: ${span.error}`
  if (expected.error !== undefined && expected.error !== null && !fits(span.error, expected.error)) {
    return `${span.name} ${span.error === undefined ? 'did not fail' : `failed: ${span.error}`}, not ${String(expected.error)}`
  }
  return linksMismatch(span, expected.links, spans)
}

function linksMismatch(span: SpanRecord, links: ExpectedSpan['links'], spans: readonly SpanRecord[]): string | undefined {
  if (links === undefined) return undefined
  const names = span.links.map(({ traceId, spanId }) => {
    return spans.find((other) => other.traceId === traceId && other.spanId === spanId)?.name ?? 'a span not seen here'
  })
  const missing = links.filter((link) => !names.some((name) => fits(name, link)))
  if (missing.length === 0 && names.length === links.length) return undefined
  return `${span.name} is linked to ${names.length === 0 ? 'nothing' : names.join(', ')}, not ${links.length === 0 ? 'nothing' : links.join(', ')}`
}

function fits(value: unknown, expected: unknown): boolean {
  return expected instanceof RegExp ? typeof value === 'string' && expected.test(value) : Object.is(value, expected)
}

function said(span: SpanRecord): string {
  return `${span.service} ${span.name}`
}

function nameOf({ service, kind, name }: ExpectedSpan): string {
  return [service, kind, String(name)].filter((part) => part !== undefined).join(' ')
}
