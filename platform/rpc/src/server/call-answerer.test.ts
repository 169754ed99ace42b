import { contextHeaders, createLogger } from '@observability/telemetry'
import { expect, it } from 'vitest'
import { believe } from '../testing/our-listener.ts'
import { keepParcels, parcels } from '../testing/parcels.ts'
import { callAnswerer, type CallAnswerer, type ReceivedCall } from './call-answerer.ts'
import { implement } from './implement.ts'
import type { SettledCall } from './listener-options.ts'

interface Answering {
  readonly answer: CallAnswerer
  readonly settled: readonly SettledCall[]
  /** Inputs that were read: nobody's handler ran without. */
  readonly reads: readonly string[]
  readonly received: (given?: Partial<ReceivedCall>) => ReceivedCall
}

/** Answers calls of parcels; who asks is known once `known` resolves. */
function answering(known: Promise<unknown> = Promise.resolve()): Answering {
  const settled: SettledCall[] = []
  const reads: string[] = []
  const answer = callAnswerer({
    implementations: [implement(parcels, keepParcels().handlers)],
    authenticate: async (authorization) => {
      await known
      return believe(authorization)
    },
    logger: createLogger({ service: 'parcels', level: 'silent' }),
    onSettled: (call) => settled.push(call),
  })
  const received: Answering['received'] = (given) => ({
    operation: parcels.operations.findParcel,
    wire: 'grpc',
    headers: {},
    waitMs: undefined,
    signal: new AbortController().signal,
    input: () => {
      reads.push('read')
      return { parcelId: 'p-1' }
    },
    ...given,
  })
  return { answer, settled, reads, received }
}

it('does nothing for a caller who went away before it was known who asks', async () => {
  const known = Promise.withResolvers<void>()
  const { answer, settled, reads, received } = answering(known.promise)
  const leaving = new AbortController()
  const answered = answer(received({ signal: leaving.signal }))
  leaving.abort()
  expect(await answered).toMatchObject({ outcome: { ok: false, error: { reason: 'aborted' } } })
  known.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  expect(reads).toEqual([])
  expect(settled).toMatchObject([{ status: 499, reason: 'aborted' }])
})

it('does nothing for a caller who was gone when the call came', async () => {
  const { answer, reads, received } = answering()
  expect(await answer(received({ signal: AbortSignal.abort() }))).toMatchObject({ outcome: { error: { reason: 'aborted' } } })
  expect(reads).toEqual([])
})

it('does nothing once the time of the caller is over', async () => {
  const known = Promise.withResolvers<void>()
  const { answer, reads, received } = answering(known.promise)
  expect(await answer(received({ waitMs: 5 }))).toMatchObject({ outcome: { error: { reason: 'deadline_exceeded' } } })
  known.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  expect(reads).toEqual([])
})

it.each([
  ['says nonsense', { [contextHeaders.deadline]: 'soon' }, 'invalid_deadline'],
  ['leaves no time', { [contextHeaders.deadline]: '1' }, 'deadline_too_short'],
])('refuses a caller whose deadline %s', async (_what, headers, reason) => {
  const { answer, reads, received } = answering()
  expect(await answer(received({ headers }))).toMatchObject({ outcome: { error: { reason } } })
  expect(reads).toEqual([])
})
