import type { IncomingMessage } from 'node:http'
import { RequestRefusedError, type AnyBoundOperation, type Issue } from '@ashlar/contract'
import { isJsonMedia } from '@ashlar/rpc'
import type { RestMatch } from './rest-routes.ts'

const mostBytes = 65_536
/** What is said of a list where none is taken: of a word of several, that it is none of them. */
const notAList = new Set(['invalid_type', 'invalid_value', 'invalid_union'])

/** Gathers an input from address, query and body, as the gateway does. Throws `RequestRefusedError` for what REST adds; the contract judges the rest. */
export async function restInput(request: IncomingMessage, query: URLSearchParams, { operation, rest, fields }: RestMatch): Promise<object> {
  if (rest.method === 'GET') return { ...queryFields(operation, query), ...fields }
  if (query.size > 0) throw invalid([...query.keys()].map((name) => ({ path: [name], message: 'no such parameter' })))
  const body = await jsonOf(request, operation.hints.maxBodyBytes ?? mostBytes)
  const twice = Object.keys(body).filter((name) => Object.hasOwn(fields, name))
  if (twice.length > 0) throw invalid(twice.map((name) => ({ path: [name], message: 'is part of the address: leave it out of the body' })))
  return { ...body, ...fields }
}

function queryFields(operation: AnyBoundOperation, query: URLSearchParams): Record<string, unknown> {
  const names = [...new Set(query.keys())]
  const isList = (name: string): boolean => !issuesAt(operation, name, []).some(({ code = '' }) => notAList.has(code))
  const twice = names.filter((name) => query.getAll(name).length > 1 && !isList(name))
  if (twice.length > 0) throw invalid(twice.map((name) => ({ path: [name], message: 'given more than once' })))
  const read = (name: string): unknown => {
    const texts = query.getAll(name)
    return isList(name)
      ? texts.map((text) => valueOf(text, (value) => issuesAt(operation, name, [value])))
      : valueOf(texts[0] ?? '', (value) => issuesAt(operation, name, value))
  }
  return Object.fromEntries(names.map((name) => [name, read(name)]))
}

type IssueCode = { readonly code?: string | undefined }

/** What the text of a query string stands for: what fits; else what is of the right type, for the contract to refuse; else the text. */
function valueOf(text: string, issuesOf: (value: unknown) => readonly IssueCode[]): unknown {
  const number = /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? [Number(text)] : []
  const truth = text === 'true' || text === 'false' ? [text === 'true'] : []
  const all = [text, ...number, ...truth]
  const isOfType = (value: unknown): boolean => !issuesOf(value).some(({ code }) => code === 'invalid_type')
  return all.find((value) => issuesOf(value).length === 0) ?? all.find(isOfType) ?? text
}

function issuesAt({ input }: AnyBoundOperation, name: string, value: unknown): readonly IssueCode[] {
  const issues = input.safeParse({ [name]: value }).error?.issues ?? []
  return issues.filter(({ path }) => path[0] === name)
}

async function jsonOf(request: IncomingMessage, maxBytes: number): Promise<object> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    // the rest is read and dropped, so that the refusal is heard
    if (size <= maxBytes) chunks.push(chunk)
  }
  if (size > maxBytes) throw refused('PAYLOAD_TOO_LARGE', 'body_too_large', `the body may hold ${maxBytes} bytes`)
  if (size === 0) return {}
  if (!isJsonMedia(request.headers['content-type']))
    throw refused('UNSUPPORTED_MEDIA_TYPE', 'unsupported_media_type', 'send the body as application/json, in UTF-8')
  const body = parsed(Buffer.concat(chunks).toString('utf8'))
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  throw invalid([{ path: [], message: 'the body must be a JSON object' }])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refused('BAD_REQUEST', 'invalid_json', 'the body is not JSON')
  }
}

type Refusal = ConstructorParameters<typeof RequestRefusedError>[0]

function refused(status: Refusal['status'], reason: Refusal['reason'], message: string): RequestRefusedError {
  return new RequestRefusedError({ status, reason }, message)
}

function invalid(issues: readonly Issue[]): RequestRefusedError {
  return new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_input' }, 'the input is not valid', { issues })
}
