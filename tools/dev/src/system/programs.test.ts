import { expect, it } from 'vitest'
import { smallRepository } from '../testing/small-repository.ts'
import { chooseServices, findServices } from './programs.ts'

it('finds the services that have a program, and narrows them', () => {
  using repository = smallRepository({
    'services/users/src/main.ts': '',
    'services/orders/src/main.ts': '',
    'services/planned/README.md': '',
  })
  const all = findServices(repository.root)
  expect(all).toEqual(['orders', 'users'])
  expect(chooseServices(all, ['users'])).toEqual(['users'])
  expect(() => chooseServices(all, ['user'])).toThrow('There is no service "user". There are: orders, users.')
})
