import { defineContract, event, mutation, z } from '@ashlar/contract'
import { expect, it } from 'vitest'
import { loadedVersion } from '../contract-versions.ts'
import { findingsOf } from '../findings-of.ts'
import { conversationsIn } from './conversations.ts'

const data = z.object({ potId: z.string(), cups: z.int(), note: z.string().optional() })
const kitchen = ({ output, input = z.strictObject({ potId: z.string() }) }: { output: z.ZodType; input?: z.ZodType }) => {
  const brewed = event({ version: 1, aggregate: 'potId', key: 'potId', data: output as typeof data })
  const brew = mutation({
    input,
    output,
    errors: { no_water: { status: 'CONFLICT', data: output } },
    policy: { access: { services: ['orders'] }, idempotency: 'key' },
  })
  return loadedVersion(defineContract({ name: 'kitchen', version: 1, operations: { brew }, events: { brewed } }))
}
const envelope = (type: string, contents: unknown) => ({ contents: { content: { type, data: contents } } })
const pact = (name: string, ...interactions: object[]) => ({ consumer: { name }, interactions })
const caller = pact('caller', {
  description: 'calls',
  request: { path: '/rpc/kitchen.v1/brew', body: { content: { potId: 'p' } } },
  response: { body: { content: { result: { data: { cups: 2 } } } } },
})
const refused = pact('refused', {
  description: 'is refused',
  request: { path: '/rpc/kitchen.v1/brew', body: { content: { potId: 'p' } } },
  response: { body: { content: { error: { data: { reason: 'no_water', details: { cups: 2 } } } } } },
})
const sender = pact('sender', {
  description: 'sends',
  request: envelope('kitchen.brew.command.v1', { potId: 'p' }),
  response: [envelope('replies.sender', { ok: true, value: { note: 'hot' } })],
})
const listener = pact('listener', {
  description: 'hears',
  metadata: { 'ce-type': 'kitchen.brewed.v1' },
  ...envelope('', { potId: 'p', note: 'hot' }),
})
const conversations = [caller, refused, sender, listener].flatMap(conversationsIn)

function concerned(before: Parameters<typeof kitchen>[0], after: Parameters<typeof kitchen>[0]): Record<string, string> {
  const found = findingsOf({ before: [kitchen(before)], after: [kitchen(after)] }, conversations)
  return Object.fromEntries(found.map(({ id, level, readers }) => [id, [level, ...readers.map(({ consumer }) => consumer)].join(' ')]))
}

it('names who reads what is gone, in answers, replies, refusals and events, and nobody else', () => {
  expect(concerned({ output: data }, { output: data.omit({ cups: true }) })).toEqual({
    'brew:output:cups:removed': 'breaking caller',
    'brew:error:no_water:cups:removed': 'breaking refused',
    'brewed:event:cups:removed': 'breaking',
  })
})

it('takes the removal of an optional field for a break only where a pact reads it', () => {
  expect(concerned({ output: data }, { output: data.omit({ note: true }) })).toEqual({
    'brew:output:note:removed': 'breaking sender',
    'brew:error:no_water:note:removed': 'minor',
    'brewed:event:note:removed': 'breaking listener',
  })
})

it('names everybody who sends, where something more must be sent', () => {
  const input = z.strictObject({ potId: z.string(), cups: z.int() })
  expect(concerned({ output: data }, { output: data, input })).toEqual({ 'brew:input:cups:added': 'breaking caller refused sender' })
})
