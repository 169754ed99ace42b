import { defineContract, failed, mutation, query, z } from '@ashlar/contract'
import type { Handlers } from '@ashlar/rpc'
import type { ProtoField, ProtoFile, ProtoMessage } from '../proto-file.ts'

const Fee = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('cash'), amountMinor: z.int() }),
  z.strictObject({ how: z.literal('on-account'), account: z.string() }),
])

/** A contract with every kind of answer that a wire must carry. */
export const library = defineContract({
  name: 'library',
  version: 1,
  operations: {
    findBook: query({
      input: z.strictObject({ isbn: z.string().min(3) }),
      output: z.object({ isbn: z.string(), pages: z.int(), subtitle: z.string().nullable(), tags: z.array(z.string()) }),
      errors: { book_lent: { status: 'CONFLICT', data: z.object({ daysLeft: z.int() }) }, book_unknown: { status: 'NOT_FOUND' } },
      policy: { access: { services: ['reader'] } },
    }),
    payFee: mutation({
      input: z.strictObject({ fee: Fee }),
      output: z.object({ paid: Fee, key: z.string() }),
      policy: { access: 'customer', idempotency: 'key' },
      deprecated: { since: '2026-01-01' },
    }),
    wait: query({ input: z.strictObject({}), output: z.object({}), policy: { access: { services: ['reader'] } } }),
    explode: query({ input: z.strictObject({}), output: z.object({}), policy: { access: { services: ['reader'] } } }),
  },
})

/** Who hears of calls that wait: that one began, and why nobody waits for it any more. */
export interface Watching {
  readonly started?: () => void
  readonly stopped?: (reason: unknown) => void
}

/** Keeps the library. */
export function keepLibrary({ started = () => undefined, stopped = () => undefined }: Watching = {}): Handlers<typeof library> {
  return {
    findBook: async ({ isbn }) => {
      if (isbn === 'lent') return failed('book_lent', { daysLeft: 12 })
      if (isbn === 'unknown') return failed('book_unknown')
      return { isbn, pages: 9_007_199_254_740_991, subtitle: null, tags: [] }
    },
    payFee: async ({ fee }, { idempotencyKey = '' }) => ({ paid: fee, key: idempotencyKey }),
    wait: (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped(signal.reason)
          reject(signal.reason as Error)
        })
        started()
      }),
    explode: () => Promise.reject(new TypeError('the secret of the shelves')),
  }
}

type Given = Partial<ProtoField> & Pick<ProtoField, 'key' | 'type'>
const none = { numbers: [], names: [] }
const string = { kind: 'scalar', name: 'string' } as const
const int64 = { kind: 'scalar', name: 'int64' } as const
const message = (name: string) => ({ kind: 'message', name }) as const

function object(name: string, fields: readonly Given[], form: ProtoMessage['form'] = { kind: 'object' }): ProtoMessage {
  const whole = fields.map((field, index): ProtoField => ({
    name: field.key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    jsonName: field.key,
    number: index + 1,
    label: 'required',
    isDeprecated: false,
    ...field,
  }))
  return { name, form, fields: whole, reserved: none }
}

const rpc = (name: string, operation: string) => ({
  name,
  operation,
  request: `${name}Request`,
  response: `${name}Response`,
  errors: [],
  isQuery: true,
  isDeprecated: false,
})

/** The library as protobuf, as `contracts emit` would write it. */
export const libraryProtobuf: ProtoFile = {
  package: 'library.v1',
  options: {},
  imports: [],
  service: {
    name: 'LibraryService',
    rpcs: [
      {
        ...rpc('FindBook', 'findBook'),
        errors: [
          { code: 'book_lent', status: 'CONFLICT', message: 'FindBookBookLentError' },
          { code: 'book_unknown', status: 'NOT_FOUND' },
        ],
      },
      { ...rpc('PayFee', 'payFee'), isQuery: false },
      rpc('Wait', 'wait'),
      rpc('Explode', 'explode'),
    ],
  },
  messages: [
    object('FindBookRequest', [{ key: 'isbn', type: string }]),
    object('FindBookResponse', [
      { key: 'isbn', type: string },
      { key: 'pages', type: int64 },
      { key: 'subtitle', type: string, label: 'optional', absence: 'null' },
      { key: 'tags', type: string, label: 'repeated' },
    ]),
    object('FindBookBookLentError', [{ key: 'daysLeft', type: int64 }]),
    object('PayFeeRequest', [{ key: 'fee', type: message('Fee') }]),
    object('PayFeeResponse', [
      { key: 'paid', type: message('Fee') },
      { key: 'key', type: string },
    ]),
    object(
      'Fee',
      [
        { key: 'cash', type: message('FeeCash') },
        { key: 'on-account', name: 'on_account', jsonName: 'onAccount', type: message('FeeOnAccount') },
      ],
      { kind: 'union', discriminator: 'how' },
    ),
    object('FeeCash', [{ key: 'amountMinor', type: int64 }]),
    object('FeeOnAccount', [{ key: 'account', type: string }]),
    ...['Wait', 'Explode'].flatMap((name) => [object(`${name}Request`, []), object(`${name}Response`, [])]),
  ],
}
