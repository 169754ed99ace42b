import { expect, it } from 'vitest'
import { errorTypeOf } from './error-type.ts'

const withCode = (name: string, code: unknown): Error => Object.assign(new Error('ada@example.test'), { name, code })

it.each<[string, unknown, string]>([
  ['the class of an error', new RangeError('card 4242'), 'RangeError'],
  ['the code of what PostgreSQL refused', withCode('error', '23505'), '23505'],
  ['the code of what the system refused', withCode('Error', 'ECONNREFUSED'), 'ECONNREFUSED'],
  ['the class where it says more than a code', withCode('BrokerUnavailableError', 'E_1'), 'BrokerUnavailableError'],
  ['no code that could hold a value', withCode('Error', 'no such user: ada@example.test'), 'Error'],
  ['the type of what is no error', 'ada@example.test', 'string'],
])('gives %s', (_what, thrown, type) => {
  expect(errorTypeOf(thrown)).toBe(type)
})
