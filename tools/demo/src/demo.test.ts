import { NothingRunningError } from '@deploy/local'
import { ask } from '@tests/shop'
import { expect, it } from 'vitest'
import { explain } from './demo.ts'

it('says in one line that nobody answers, and why', async () => {
  const refused = await ask('http://127.0.0.1:1', { path: '/' }).catch((error: unknown) => error)
  expect(explain(refused)).toMatch(/^The shop does not answer any more: .+\. Is npm run dev still running\?$/)
  expect(explain(new NothingRunningError('The shop is not running here.'))).toBe('The shop is not running here.')
})

it('leaves a bug to its stack', () => {
  expect(explain(new TypeError('undefined is not a function'))).toBeUndefined()
  expect(explain('thrown')).toBeUndefined()
})
