import { defineContract, query, z } from '@ashlar/contract'
import { afterAll, describe, expect, it } from 'vitest'
import { allContracts } from '../all-contracts.ts'
import { fuzz } from '../commands/fuzz.ts'
import { startMock } from '../mock/start-mock.ts'
import { runHere } from '../testing/run-here.ts'

const catalogue = (await allContracts()).find(({ name }) => name === 'catalogue')
if (catalogue === undefined) throw new Error('there is no catalogue')
const faithful = await startMock({ contract: catalogue, port: 0, seed: '1' })
// keeps the address and nothing else
const output = z.object({ surprise: z.boolean() })
const listProducts = query({ input: z.strictObject({}), output, policy: { access: 'open' } })
const faithless = await startMock({
  contract: defineContract({ name: 'catalogue', version: 1, operations: { listProducts } }),
  port: 0,
  seed: '1',
})
afterAll(async () => {
  await Promise.all([faithful.stop(), faithless.stop()])
})
const at = ({ port }: { port: number }) => `http://127.0.0.1:${port}`
const say = async (...words: readonly string[]) => {
  const { code, lines } = await runHere(fuzz, words, {})
  return { code, said: lines.join('\n') }
}

describe('ashlar fuzz', { timeout: 30_000 }, () => {
  it('goes through every operation and finds nothing in what keeps the contract', async () => {
    const { code, said } = await say('catalogue', at(faithful), '--runs', '3')
    expect(said).toMatch(/✓ listProducts +\d+ valid +\d+ wrong {3}invalid_input \d+ · ok \d+/)
    expect(said).toMatch(/\d+ requests to 3 operations: every answer keeps the contract$/)
    expect(code).toBe(0)
  })

  it('says what is wrong, how to repeat it, and fails', async () => {
    const { code, said } = await say('catalogue', at(faithless), '--runs', '1', '--seed', 'mine')
    expect(code).toBe(1)
    expect(said).toContain('✗ listProducts')
    expect(said).toContain('its value is not what the contract promises: items')
    expect(said).toMatch(/\n {4}curl -sS -X POST 'http:\S+\/rpc\/catalogue\.v1\/listProducts'/)
    expect(said).toMatch(/\d+ failures; seed mine repeats them$/)
  })

  it.each([
    [['nothing', 'http://x'], 'there is no contract nothing: catalogue.v1'],
    [['catalogue'], 'say where it runs'],
    [['catalogue', 'x'], '"x" is no address'],
    [['catalogue', 'http://x', 'y'], '"y" is one word too many'],
    [['catalogue', 'http://x', '--face', 'soap'], 'there is no face "soap"'],
    [['catalogue', 'http://x', '--face', 'rest', '--as', 'orders'], 'only a customer'],
    [['catalogue', 'http://x', '--runs', 'many'], '--runs takes a whole number'],
    [['catalogue', 'http://x', '--given', 'sku'], '--given takes pairs'],
  ])('explains what it takes when it is called as %j', async (words, told) => {
    const { code, said } = await say(...words)
    expect([code, said]).toEqual([2, expect.stringContaining(told)])
  })

  it('says once that nobody is there, and that a face has nothing to ask', async () => {
    expect(await say('catalogue', 'http://127.0.0.1:1')).toEqual({
      code: 1,
      said: expect.stringMatching(/nothing answers at http:\/\/127\.0\.0\.1:1$/),
    })
    expect((await say('inventory', at(faithful), '--face', 'rest')).said).toContain('no operation that can be asked at this face')
  })
})
