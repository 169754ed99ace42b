import { expect, it } from 'vitest'
import { ServerUnavailableError } from '../server/errors.ts'
import { obtain, type Way } from './ways.ts'

const program = { file: '/opt/thing', version: '1.0.0', origin: 'on PATH' }
const silent = (): void => undefined
const leadsNowhere = (description: string, reason: string): Way => ({ description, attempt: () => Promise.reject(new Error(reason)) })

it('takes the first way that works and leaves the later ones alone', async () => {
  const later: Way = { description: 'never', attempt: () => expect.unreachable('a later way was tried') }
  const found = await obtain(
    'Thing',
    [leadsNowhere('on PATH', 'not there'), { description: 'cached', attempt: () => Promise.resolve(program) }, later],
    silent,
  )
  expect(found).toBe(program)
})

it('names every way and why each failed when none works', async () => {
  const ways = [leadsNowhere('thing on PATH', 'not there'), leadsNowhere('pip download thing', 'python3 is not installed')]
  const failure = await obtain('Thing 1.0', ways, silent).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ServerUnavailableError)
  expect((failure as Error).message).toBe(
    'Thing 1.0 cannot be had. Tried, in this order:\n  thing on PATH: not there\n  pip download thing: python3 is not installed',
  )
})
