import { parcels } from './parcels.ts'
import type { Caller, Ending, Operation } from './callers.ts'

/** One thing said through a client, and how it must end, whichever client and server are used. */
export interface CallCase {
  readonly name: string
  readonly calls: readonly (readonly [Operation, unknown])[]
  readonly endings: readonly Ending[]
}

const answered = (value: unknown): Ending => ({ kind: 'answered', value })
const refused = (status: string): Ending => ({ kind: 'refused', status })

export const callCases: readonly CallCase[] = [
  { name: 'answers a query', calls: [['findParcel', { parcelId: 'p-7' }]], endings: [answered({ parcelId: 'p-7', grams: 3 })] },
  {
    name: 'carries any text',
    calls: [['findParcel', { parcelId: 'ü/?&=#%20 "\u2028' }]],
    endings: [answered({ parcelId: 'ü/?&=#%20 "\u2028', grams: 12 })],
  },
  { name: 'answers a mutation', calls: [['sendParcel', { grams: 120 }]], endings: [answered({ parcelId: 'p-120', grams: 120 })] },
  {
    name: 'tells a declared error with its data',
    calls: [['findParcel', { parcelId: 'lost' }]],
    endings: [{ kind: 'declared', code: 'parcel_not_found', data: { parcelId: 'lost' } }],
  },
  {
    name: 'tells a declared error without data',
    calls: [['sendParcel', { grams: 1, note: 'on a sunday' }]],
    endings: [{ kind: 'declared', code: 'closed_today', data: undefined }],
  },
  {
    name: 'refuses an input that is not what was promised',
    calls: [['sendParcel', { grams: 'heavy' }]],
    endings: [refused('BAD_REQUEST')],
  },
  {
    name: 'refuses an input with a field too many',
    calls: [['findParcel', { parcelId: 'p', color: 'red' }]],
    endings: [refused('BAD_REQUEST')],
  },
  { name: 'refuses a missing input', calls: [['findParcel', undefined]], endings: [refused('BAD_REQUEST')] },
  { name: 'hides a bug of the handler', calls: [['explode', {}]], endings: [refused('INTERNAL_SERVER_ERROR')] },
  { name: 'lets no output out that breaks the promise', calls: [['breakPromise', {}]], endings: [refused('INTERNAL_SERVER_ERROR')] },
  {
    name: 'answers calls made at once, each with its own ending',
    calls: [
      ['findParcel', { parcelId: 'a' }],
      ['findParcel', { parcelId: 'lost' }],
      ['findParcel', { parcelId: '' }],
      ['breakPromise', {}],
    ],
    endings: [
      answered({ parcelId: 'a', grams: 1 }),
      { kind: 'declared', code: 'parcel_not_found', data: { parcelId: 'lost' } },
      refused('BAD_REQUEST'),
      refused('INTERNAL_SERVER_ERROR'),
    ],
  },
]

export async function runCase({ calls }: CallCase, call: Caller): Promise<Ending[]> {
  return Promise.all(calls.map(([operation, input]) => call(operation, input)))
}

/** One HTTP request as any language may write it, and the status it must get. Bodies are compared with the stock server's. */
export interface RequestCase {
  readonly name: string
  readonly path: string
  readonly init?: RequestInit & { duplex?: 'half' }
  readonly status: number
}

const json = { 'content-type': 'application/json' }
const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: json,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const at = (operations: string, query = '') => `/rpc/${parcels.id}/${operations}${query}`
const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`
const manyBytes = 4_096
const chunked = () => new Blob([`{"grams":1,"note":"${'x'.repeat(manyBytes)}"}`]).stream()

export const requestCases: readonly RequestCase[] = [
  { name: 'a query by GET', path: at('findParcel', `?${input({ parcelId: 'p-1' })}`), status: 200 },
  { name: 'a query by POST', path: at('findParcel'), init: post({ parcelId: 'p-1' }), status: 200 },
  { name: 'a mutation', path: at('sendParcel'), init: post({ grams: 5 }), status: 200 },
  {
    name: 'a media type with parameters',
    path: at('sendParcel'),
    init: { ...post({ grams: 5 }), headers: { 'content-type': 'Application/JSON; charset=utf-8' } },
    status: 200,
  },
  { name: 'a declared error with data', path: at('sendParcel'), init: post({ grams: 99_999 }), status: 409 },
  { name: 'a declared error without data', path: at('sendParcel'), init: post({ grams: 1, note: 'on a sunday' }), status: 422 },
  { name: 'an input that is not valid', path: at('sendParcel'), init: post({ grams: -1 }), status: 400 },
  { name: 'no input at all', path: at('sendParcel'), init: { method: 'POST', headers: json }, status: 400 },
  { name: 'a GET without its input', path: at('findParcel'), status: 400 },
  { name: 'a body that is not JSON', path: at('sendParcel'), init: post('{"grams":'), status: 400 },
  { name: 'a query string that is not JSON', path: at('findParcel', '?input=%7B'), status: 400 },
  { name: 'a mutation by GET', path: at('sendParcel', `?${input({ grams: 1 })}`), status: 405 },
  { name: 'a query by PUT', path: at('findParcel'), init: { ...post({ parcelId: 'p' }), method: 'PUT' }, status: 405 },
  {
    name: 'a body of another media type',
    path: at('sendParcel'),
    init: { ...post({ grams: 1 }), headers: { 'content-type': 'text/plain' } },
    status: 415,
  },
  { name: 'a body of no media type', path: at('sendParcel'), init: { method: 'POST', body: new Blob(['{"grams":1}']) }, status: 415 },
  { name: 'a body announced too large', path: at('sendParcel'), init: post({ grams: 1, note: 'x'.repeat(manyBytes) }), status: 413 },
  {
    name: 'a body that grows too large',
    path: at('sendParcel'),
    init: { method: 'POST', headers: json, body: chunked(), duplex: 'half' },
    status: 413,
  },
  { name: 'an operation nobody keeps', path: at('burnParcel'), init: post({}), status: 404 },
  { name: 'a path that cannot be decoded', path: at('find%E0Parcel'), init: post({}), status: 400 },
  { name: 'a bug of the handler', path: at('explode'), init: post({}), status: 500 },
  { name: 'an output that breaks the promise', path: at('breakPromise'), init: post({}), status: 500 },
  {
    name: 'a batch by GET',
    path: at('findParcel,findParcel', `?batch=1&${input({ 0: { parcelId: 'a' }, 1: { parcelId: 'bc' } })}`),
    status: 200,
  },
  { name: 'a batch by POST', path: at('sendParcel,sendParcel', '?batch=1'), init: post({ 0: { grams: 1 }, 1: { grams: 2 } }), status: 200 },
  { name: 'a batch of one', path: at('findParcel', '?batch=1'), init: post({ 0: { parcelId: 'a' } }), status: 200 },
  {
    name: 'a batch that fails alike',
    path: at('findParcel,findParcel', '?batch=1'),
    init: post({ 0: { parcelId: 'lost' }, 1: { parcelId: 'lost' } }),
    status: 404,
  },
  {
    name: 'a batch with mixed endings',
    path: at('findParcel,findParcel,findParcel', '?batch=1'),
    init: post({ 0: { parcelId: 'a' }, 1: { parcelId: 'lost' } }),
    status: 207,
  },
  {
    name: 'a batch with an unknown name',
    path: at('findParcel,burnParcel', '?batch=1'),
    init: post({ 0: { parcelId: 'a' } }),
    status: 207,
  },
  {
    name: 'a batch written with encoded commas',
    path: at('findParcel%2CfindParcel', '?batch=1'),
    init: post({ 0: { parcelId: 'a' }, 1: { parcelId: 'b' } }),
    status: 200,
  },
  { name: 'a batch that is not JSON', path: at('findParcel,findParcel', '?batch=1'), init: post('{'), status: 400 },
  { name: 'a batch without its object', path: at('findParcel,findParcel', '?batch=1'), init: post('7'), status: 400 },
  {
    name: 'a batch of queries and mutations',
    path: at('findParcel,sendParcel', '?batch=1'),
    init: post({ 0: { parcelId: 'a' }, 1: { grams: 1 } }),
    status: 400,
  },
]
