import type { Sagas } from '@ashlar/saga'
import { expect, it } from 'vitest'
import { streamsUsedBy } from './streams-used.ts'
import { bankService, quietBank } from './testing/bank.ts'
import { cafeService } from './testing/cafe.ts'
import { clubService, quietClub } from './testing/club.ts'

const noSagas: Sagas = {
  start: () => Promise.reject(new Error('unused')),
  abort: () => Promise.reject(new Error('unused')),
  history: () => Promise.reject(new Error('unused')),
}
const namesOf = (...args: Parameters<typeof streamsUsedBy>) => streamsUsedBy(...args).map(({ name }) => name)

it('are those a service owns, hears and sends to, each once, and no more', () => {
  expect(namesOf(bankService(quietBank()))).toEqual(['EVENTS_bank', 'DEAD_LETTERS_bank', 'COMMANDS_bank'])
  expect(namesOf(cafeService(noSagas))).toEqual(['EVENTS_cafe', 'DEAD_LETTERS_cafe', 'COMMANDS_cafe', 'REPLIES_cafe', 'COMMANDS_bank'])
  expect(namesOf(clubService(quietClub()))).toEqual(['EVENTS_club', 'DEAD_LETTERS_club', 'EVENTS_bank'])
})
