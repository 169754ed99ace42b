import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contractFolders } from '../contracts-diff/contracts-at.ts'
import { followContract } from '../generated/follow-contract.ts'
import { runCommand } from '../run-command.ts'
import { gitCheckout, type GitCheckout } from '../testing/git-checkout.ts'
import { contractsDiffIn } from './contracts-diff.ts'
import { contractsWaiveIn } from './contracts-waive.ts'

const timeout = 60_000
const today = '2026-11-21'

interface Written {
  readonly price?: string
  readonly extra?: string
  readonly version?: number
}
const contract = ({
  price = 'z.object({ amountMinor: z.int(), currency: z.string() })',
  extra = '',
  version = 1,
}: Written = {}): string => `
import { defineContract, query, z } from '@ashlar/contract'
const getTea = query({ input: z.strictObject({ teaId: z.string()${extra} }), output: z.object({ name: z.string(), price: ${price} }), policy: { access: 'open' } })
export const teas${version} = defineContract({ name: 'teas', version: ${version}, operations: { getTea } })
`
const withoutCurrency = 'z.object({ amountMinor: z.int() })'
const pact = JSON.stringify({
  consumer: { name: 'orders' },
  interactions: [
    {
      description: 'prices a cup',
      request: { path: '/rpc/teas.v1/getTea', body: { content: { teaId: 'green' } } },
      response: { status: 200, body: { content: { result: { data: { price: { currency: 'EUR' } } } } } },
    },
  ],
})

async function shop(): Promise<GitCheckout> {
  const checkout = await gitCheckout()
  await checkout.write('contracts/teas/index.ts', contract())
  await checkout.write('contracts/teas/pacts/orders.json', pact)
  await checkout.commit('teas')
  return checkout
}

async function say(shop: GitCheckout, words: string, ...more: string[]): Promise<{ code: number; said: string }> {
  await shop.move()
  const lines: string[] = []
  const checkout = { root: shop.root, base: undefined, today }
  const code = await runCommand([contractsDiffIn(checkout), contractsWaiveIn(checkout)], [...words.split(' '), ...more], (line) =>
    lines.push(line),
  )
  return { code, said: lines.join('\n') }
}

it(
  'says what broke, who reads it, by which payload, and what one can do',
  async () => {
    await using checkout = await shop()
    const base = await checkout.git('rev-parse', '--short', 'HEAD')
    await checkout.write('contracts/teas/index.ts', contract({ price: withoutCurrency, extra: ', note: z.string().optional()' }))
    expect(await say(checkout, 'contracts diff')).toEqual({
      code: 1,
      said: [
        `against ${base}: uncommitted contracts against where this left main`,
        'teas v1   BREAKING   getTea output · price.currency was removed',
        '   who reads it   orders (pact: "prices a cup")',
        `   witness        a reader built on ${base} accepts {"price":{"amountMinor":1,"currency":"aaa"},…} and refuses {"price":{"amountMinor":1},…}`,
        "   ways out       keep it until orders stops relying on it · serve teas.v2 beside v1 · npm run ashlar -- contracts waive teas.v1 --finding 'getTea:output:price.currency:removed' --reason '…' --expires <day>",
        'teas v1   minor      getTea input · note was added, optional',
        '1 breaking, 1 minor in 1 contract: refused',
      ].join('\n'),
    })
  },
  timeout,
)

it(
  'lets pass what breaks nobody, a new major beside the old one among it',
  async () => {
    await using checkout = await shop()
    await checkout.write('contracts/teas/index.ts', contract({ extra: ', note: z.string().optional()' }))
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/1 minor in 1 contract$/) as string,
    })
    await checkout.write('contracts/teas/index.ts', `${contract()}export { teas2 } from './second.ts'\n`)
    await checkout.write('contracts/teas/second.ts', contract({ version: 2, price: withoutCurrency }))
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 0,
      said: expect.stringContaining('teas v2   minor      the contract · was added') as string,
    })
    await checkout.write('contracts/teas/index.ts', contract({ version: 2 }))
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 1,
      said: expect.stringContaining('teas v1   BREAKING   the contract · was removed') as string,
    })
  },
  timeout,
)

it(
  'reports to programs, to test reports and to pull requests',
  async () => {
    await using checkout = await shop()
    await checkout.write('contracts/teas/index.ts', contract({ price: withoutCurrency }))
    const { code, said } = await say(checkout, 'contracts diff --format json')
    expect(code).toBe(1)
    expect(JSON.parse(said)).toMatchObject({
      passes: false,
      findings: [
        {
          finding: 'getTea:output:price.currency:removed',
          level: 'breaking',
          readers: [{ consumer: 'orders', interactions: ['prices a cup'] }],
          witness: {
            payload: { price: { amountMinor: 1 } },
            judgedBy: 'contract',
            refusal: expect.stringContaining('price.currency') as string,
          },
        },
      ],
    })
    const file = join(checkout.root, '..', 'report')
    expect(await say(checkout, 'contracts diff --format junit --output', file)).toEqual({
      code: 1,
      said: `1 breaking in 1 contract: ${file}`,
    })
    expect(await readFile(file, 'utf8')).toMatch(
      /<testsuites tests="1" failures="1">[^]*<failure message="price.currency was removed">who reads it: orders[^]*&quot;currency&quot;/,
    )
    await say(checkout, 'contracts diff --format markdown --output', file)
    expect(await readFile(file, 'utf8')).toMatch(
      /^## Contracts: 1 breaking in 1 contract, refused\n[^]*### Breaking: teas.v1 getTea output\n/,
    )
    expect(await say(checkout, 'contracts diff --format xml')).toMatchObject({ code: 2 })
  },
  timeout,
)

it(
  'lets a break pass that was agreed upon, until the last day, and for nothing else',
  async () => {
    await using checkout = await shop()
    await checkout.write('contracts/teas/index.ts', contract({ price: withoutCurrency }))
    const finding = 'getTea:output:price.currency:removed'
    const waive = (what: string, until: string) =>
      say(checkout, 'contracts waive teas', '--finding', what, '--reason', 'nobody sells abroad', '--expires', until)
    expect(await waive('getTea:output:name:removed', '2026-12-31')).toMatchObject({
      code: 1,
      said: expect.stringContaining(finding) as string,
    })
    expect(await waive(finding, '2026-11-20')).toMatchObject({ code: 2 })
    expect(await say(checkout, 'contracts waive teas --expires 2026-12-31 --finding', finding)).toMatchObject({ code: 2 })
    expect(await waive(finding, '2026-12-31')).toMatchObject({ code: 0 })
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 0,
      said: expect.stringContaining('waived         until 2026-12-31: nobody sells abroad') as string,
    })

    // agreed and committed: it is part of the base now, and its waiver waits for its last day
    await checkout.commit('cheaper')
    await checkout.write('contracts/teas/index.ts', contract({ price: withoutCurrency, extra: ', note: z.string().optional()' }))
    expect(await say(checkout, 'contracts diff')).toMatchObject({ code: 0 })
    await checkout.write(
      'contracts/teas/waivers.json',
      JSON.stringify([{ contract: 'teas.v1', finding, reason: 'nobody sells abroad', expires: '2026-11-20' }]),
    )
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 1,
      said: expect.stringContaining('expired on 2026-11-20') as string,
    })
    await checkout.write(
      'contracts/teas/waivers.json',
      JSON.stringify([{ contract: 'teas.v1', finding: 'getTea:removed', reason: 'nobody drinks', expires: '2026-12-31' }]),
    )
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 1,
      said: expect.stringContaining('is for nothing that changed') as string,
    })
    await checkout.write('contracts/teas/waivers.json', '[{}]')
    expect(await say(checkout, 'contracts diff')).toMatchObject({
      code: 1,
      said: expect.stringContaining('is no list of waivers') as string,
    })
  },
  timeout,
)

it(
  'goes by the lock, and says so, where the contract of the base does not load any more',
  async () => {
    await using checkout = await shop()
    const object = (properties: object) => ({ type: 'object', properties, required: Object.keys(properties) })
    const text = { type: 'string' }
    const lock = {
      name: 'teas',
      version: 1,
      operations: {
        getTea: {
          kind: 'query',
          input: { $ref: '#/$defs/Input' },
          output: { $ref: '#/$defs/Output' },
          errors: {},
          policy: { access: 'open' },
          emits: [],
        },
      },
      events: {},
      $defs: {
        Input: { ...object({ teaId: text }), additionalProperties: false },
        Output: object({ name: text, price: object({ amountMinor: { type: 'integer' }, currency: text }) }),
      },
    }
    await checkout.write('contracts/teas/index.ts', "import { gone } from '@ashlar/contract'\nexport const teas = gone()\n")
    await checkout.write('contracts/teas/generated/contract.lock.json', JSON.stringify(lock))
    await checkout.commit('written for a platform of old')
    await checkout.write('contracts/teas/index.ts', contract({ price: withoutCurrency }))
    const { code, said } = await say(checkout, 'contracts diff')
    expect(code).toBe(1)
    expect(said).toMatch(/teas of \w+ does not load, so its lock is compared: /)
    expect(said).toMatch(/BREAKING {3}getTea output · price\.currency was removed\n.*orders.*\n.*by its JSON Schema/)
    expect(said).toMatch(/\n1 breaking(, \d patch)? in 1 contract: refused$/)

    await checkout.write('contracts/teas/index.ts', 'throw new Error("half written")')
    expect(await say(checkout, 'contracts diff')).toMatchObject({ code: 1, said: expect.stringContaining('half written') as string })
  },
  timeout,
)

it(
  'shows by bytes what code made from the old protobuf misreads, and knows whom no pact tells of',
  async () => {
    await using checkout = await shop()
    await emit(checkout)
    const base = (await checkout.commit('emitted')).slice(0, 7)
    const file = 'contracts/teas/generated/contract.lock.json'
    const lock = JSON.parse(await readFile(join(checkout.root, file), 'utf8')) as { protobuf: Record<string, object> }
    const numbered = (fields: object) =>
      JSON.stringify({ ...lock, protobuf: { ...lock.protobuf, GetTeaResponse: { fields, reserved: { numbers: [], names: [] } } } })
    await checkout.write(file, numbered({ name: 2, price: 1 }))
    expect(await say(checkout, 'contracts diff')).toEqual({
      code: 1,
      said: [
        `against ${base}: uncommitted contracts against where this left main`,
        'teas v1   BREAKING   getTea output · name has the protobuf number 2, was 1, which is that of price now',
        '   who reads it   whoever has code made from the .proto: pacts do not tell of them',
        `   witness        the bytes 120141 of a GetTeaResponse, {"name":"A"} as this change writes it, cannot be read by ${base}: premature EOF`,
        "   ways out       take teas's contract.lock.json as it was, and emit again · npm run ashlar -- contracts waive teas.v1 --finding 'getTea:output:name:protobuf:number' --reason '…' --expires <day>",
        'teas v1   BREAKING   getTea output · price has the protobuf number 1, was 2, which is that of name now',
        '   who reads it   whoever has code made from the .proto: pacts do not tell of them',
        `   witness        the bytes 0a03120141 of a GetTeaResponse, {"price":{"currency":"A"}} as this change writes it, are {"name":"\\u0012\\u0001A"} to ${base}`,
        "   ways out       take teas's contract.lock.json as it was, and emit again · npm run ashlar -- contracts waive teas.v1 --finding 'getTea:output:price:protobuf:number' --reason '…' --expires <day>",
        '2 breaking in 1 contract: refused',
      ].join('\n'),
    })
    await checkout.write(file, numbered({ name: 1, price: 1 }))
    expect(await say(checkout, 'contracts diff')).toMatchObject({ code: 1, said: expect.stringContaining('the number 1 twice') as string })
    await checkout.write(file, JSON.stringify(lock))
    expect(await say(checkout, 'contracts diff')).toMatchObject({ code: 0 })
  },
  timeout,
)

async function emit(checkout: GitCheckout): Promise<void> {
  await checkout.move()
  const [folder] = await contractFolders(join(checkout.root, 'contracts'))
  if (folder?.kind !== 'loaded') throw new Error('the contract does not load')
  const files = await Promise.all(folder.contracts.map((one) => followContract(one, checkout.root)))
  for (const { path, text } of files.flat()) await checkout.write(path, text)
}
