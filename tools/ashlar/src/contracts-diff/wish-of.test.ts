import { expect, it } from 'vitest'
import type { Request } from '../command.ts'
import { wishOf } from './wish-of.ts'

function asked(options: Request['options']): Request {
  return { parameters: [], options, print: () => undefined }
}

it('prefers what the call names to what the environment names', () => {
  expect(wishOf(asked({ against: 'v1' }), 'main')).toEqual({ ref: 'v1', from: '--against' })
  expect(wishOf(asked({}), 'main')).toEqual({ ref: 'main', from: 'ASHLAR_BASE' })
})

it('takes an empty variable for none, as a job without a base sets it', () => {
  expect(wishOf(asked({}), '')).toBeUndefined()
  expect(wishOf(asked({}), undefined)).toBeUndefined()
})
