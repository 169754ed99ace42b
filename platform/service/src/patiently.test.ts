import { BrokerDriftError, BrokerUnavailableError } from '@ashlar/messaging'
import { expect, it } from 'vitest'
import { patiently } from './patiently.ts'
import { silent } from './testing/silent.ts'

it('does at once what can be done at once', async () => {
  const done = await patiently('making it', { logger: silent, make: async () => 'made' })
  expect(done.problem).toBeUndefined()
  expect(await done.stop()).toBe('made')
})

it('goes on trying in the background while the broker does not answer, and says so', async () => {
  let tries = 0
  const make = async () => {
    tries += 1
    if (tries === 1) throw new BrokerUnavailableError('making stream EVENTS_bank')
    if (tries === 2) throw new BrokerDriftError('stream EVENTS_bank asks for subjects of another')
    return 'made'
  }
  const trying = await patiently('making it', { logger: silent, make })
  expect(trying.problem).toContain('making stream EVENTS_bank')
  await expect.poll(() => trying.problem, { timeout: 5_000 }).toContain('subjects of another')
  await expect.poll(() => trying.problem, { timeout: 5_000 }).toBeUndefined()
  expect(await trying.stop()).toBe('made')
})

it('stops trying when it is told to', async () => {
  let tries = 0
  const make = () => {
    tries += 1
    return Promise.reject<string>(new BrokerUnavailableError('making it'))
  }
  const trying = await patiently('making it', { logger: silent, make })
  expect(await trying.stop()).toBeUndefined()
  expect(tries).toBe(1)
})

it('throws at once what waiting does not mend', async () => {
  const wrong = patiently('making it', { logger: silent, make: () => Promise.reject(new BrokerDriftError('of another kind')) })
  await expect(wrong).rejects.toThrow('of another kind')
})
