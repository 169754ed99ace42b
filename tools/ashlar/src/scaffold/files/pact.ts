import type { File } from '../changes.ts'
import type { Entity } from '../entity.ts'

/** What the gateway reads of a new contract, told as every consumer's conversations are. */
export function pactFile({ service, type, words }: Entity): File {
  return {
    path: `gateway/test/${service}.pact.test.ts`,
    text: `import { failed } from '@ashlar/contract'
import { ${service} } from '@contracts/${service}'
import { it } from 'vitest'
import { openDoorPact } from './at-the-door.ts'

const pact = openDoorPact(${service})

it('adds one ${words}', () =>
  pact.visit(${service}.add${type}, 'something said', {
    path: '/v1/${service}',
    body: { text: 'well made' },
    idempotencyKey: 'pact-${service}-1',
    answer: { id: '01935b00-0000-7000-8000-000000000001', text: 'well made', addedAt: '2026-03-01T10:00:00.000Z' },
  }))

it('refuses what says nothing', () =>
  pact.visit(${service}.add${type}, 'nothing but spaces', {
    path: '/v1/${service}',
    body: { text: '   ' },
    idempotencyKey: 'pact-${service}-2',
    answer: failed('blank_text'),
  }))

it('is committed as it was told', () => pact.isKept())
`,
  }
}
