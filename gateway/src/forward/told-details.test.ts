import { platformReasons } from '@ashlar/contract'
import { CallFailedError } from '@ashlar/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'
import { teas } from '../testing/tea-house.ts'
import { FaultError } from '../http/fault-error.ts'
import { faultOfCall } from './fault-of-call.ts'
import { detailTold } from './told-details.ts'

/** Words that say how the shop is wired, which a caller cannot know and should not. */
const wiring = /\b(teas|cups|v1|rpc|invoke|instance|contract|procedure|handler|service|port|target|upstream|undefined)\b/i

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground[Symbol.asyncDispose]())

describe('what a caller is told', () => {
  const operations = [teas.operations.getTea, teas.operations.brewTea, teas.operations.reviewTea]

  it('is in a caller’s words, whatever reason a service gave', () => {
    const told = platformReasons.flatMap((reason) => operations.map((operation) => detailTold(reason, operation)))
    expect(told.filter((detail) => detail !== undefined).length).toBeGreaterThan(30)
    expect(told.filter((detail) => detail !== undefined && wiring.test(detail))).toEqual([])
  })

  it('is in a caller’s words, however a call failed', () => {
    const reasons = ['aborted', 'response_too_large', 'deadline_exceeded', 'connection_lost', 'no_healthy_instance', 'connection_refused']
    const faults = reasons.flatMap((reason) =>
      (['unknown', 'not-sent'] as const).map((outcome) =>
        faultOfCall(teas.operations.brewTea, new CallFailedError('teas.v1 at teas', { outcome, reason })),
      ),
    )
    const details = faults.map((fault) => (fault instanceof FaultError ? fault.fault.detail : 'undefined'))
    expect(details.filter((detail) => wiring.test(detail))).toEqual([])
  })

  it('says whether a repeat is safe where nobody knows what happened', () => {
    expect(detailTold('deadline_exceeded', teas.operations.getTea)).toMatch(/safe to ask again/)
    expect(detailTold('deadline_exceeded', teas.operations.brewTea)).toMatch(/same Idempotency-Key/)
    expect(detailTold('deadline_exceeded', teas.operations.reviewTea)).toMatch(/look before you repeat/)
  })

  it.each([
    ['GET', '/v1/teas/coffee', 'tea not found: data says more'],
    ['GET', '/v1/teas?limit=900', 'the input is not valid: issues says for each field what is wrong with it'],
    ['GET', '/v1/cups/mine', 'an access token is missing: sign in or renew the session, and send Authorization: Bearer <access token>'],
    ['GET', '/v1/steeps/assam', 'no answer came in time: it is safe to ask again'],
    ['DELETE', '/v1/teas', 'this address answers GET, HEAD, POST only'],
  ] as const)('of %s %s is what is wrong and what to do', async (method, path, detail) => {
    expect((await ask(ground.url, path, { method })).body.detail).toBe(detail)
  })
})
