import { connectNats, deadLetterStream, newId, openDeadLetters, StreamFullError } from '@ashlar/messaging'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Platform } from './platform.ts'
import type { Server } from './stoppable.ts'
import { bankService, bankTables, quietBank } from './testing/bank.ts'
import { silent } from './testing/silent.ts'
import { Town, until } from './testing/town.ts'

let town: Town
let platform: Platform
let server: Server

beforeAll(async () => {
  town = await Town.make({ bank: bankTables })
  platform = await town.platform(['bank'])
  server = await platform.serve(bankService(quietBank()))
})
afterAll(async () => {
  await platform.close()
  await town[Symbol.asyncDispose]()
})

const readiness = async () => {
  const response = await fetch(`http://${server.host}:${server.port}/health/ready`)
  return { status: response.status, body: await response.text() }
}

it('says that what fails cannot be set aside and what to do, answers calls meanwhile, and is well again when there is room', async () => {
  const bus = await connectNats({ url: town.nats.url, name: 'test', logger: silent })
  const lay = (subject: string, payload: string) => bus.publish({ transportId: newId(), subject, headers: {}, payload })
  for (const bytes of [1_000_000, 100_000, 10_000, 1_000, 100])
    await expect(
      (async () => {
        for (;;) await lay('dlq.bank.filler', 'x'.repeat(bytes))
      })(),
    ).rejects.toThrow(StreamFullError)
  expect((await readiness()).status).toBe(200)

  await lay('bank.pay-out.command.v1', 'no envelope')
  const problem = `${deadLetterStream('bank').name} is full, and pay-out can set nothing aside: dlq list --service bank, then dlq retry or dlq drop`
  const { status, body } = await until(readiness, (answer) => answer.body.includes('can set nothing aside'))
  expect(status).toBe(200)
  expect(JSON.parse(body)).toMatchObject({ dependencies: { 'bank consumers': { healthy: false, required: false, detail: problem } } })

  const letters = await openDeadLetters(town.nats.url)
  await letters.drop('DEAD_LETTERS_bank/1')
  await until(readiness, (answer) => !answer.body.includes('can set nothing aside'))
  expect(await letters.list({ service: 'bank' })).toMatchObject([{ consumer: 'pay-out', payload: 'no envelope' }])
  await Promise.all([letters.close(), bus.close()])
})
