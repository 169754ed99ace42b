import { expect, it } from 'vitest'
import { runCommand } from '../run-command.ts'
import { gitCheckout, type GitCheckout } from '../testing/git-checkout.ts'
import { contractsDiffIn } from './contracts-diff.ts'

const timeout = 60_000
const price = 'z.object({ amountMinor: z.int(), currency: z.string() })'
const major = (version: number, output: string): string => `
const getOrder${version} = query({ input: z.strictObject({ orderId: z.string() }), output: z.object(${output}), policy: { access: 'open' } })
export const orders${version} = defineContract({ name: 'orders', version: ${version}, operations: { getOrder: getOrder${version} } })
`
const contracts = (...majors: string[]): string => `import { defineContract, query, z } from '@ashlar/contract'\n${majors.join('')}`
const first = major(1, '{ orderId: z.string(), cents: z.int() }')
const second = major(2, `{ orderId: z.string(), price: ${price} }`)
const pact = JSON.stringify({
  consumer: { name: 'printer' },
  interactions: [
    {
      description: 'prints an order',
      request: { path: '/rpc/orders.v1/getOrder' },
      response: { body: { content: { result: { data: { cents: 1 } } } } },
    },
  ],
})

async function diff(checkout: GitCheckout, file: string): Promise<{ code: number; said: string }> {
  await checkout.write('contracts/orders/index.ts', file)
  await checkout.move()
  const lines: string[] = []
  const command = contractsDiffIn({ root: checkout.root, base: undefined, today: '2026-11-21' })
  const code = await runCommand([command], ['contracts', 'diff'], (line) => lines.push(line))
  return { code, said: lines.join('\n').split('\n').slice(1).join('\n') }
}

it(
  'takes a change for a break where orders.v1 makes it, for none where orders.v2 makes it beside, and for one where v1 then goes',
  async () => {
    await using checkout = await gitCheckout()
    await checkout.write('contracts/orders/index.ts', contracts(first))
    await checkout.write('contracts/orders/pacts/printer.json', pact)
    await checkout.commit('orders')
    const inPlace = await diff(checkout, contracts(major(1, `{ orderId: z.string(), price: ${price} }`)))
    expect(inPlace).toMatchObject({ code: 1, said: expect.stringContaining('orders v1   BREAKING   getOrder output · cents was removed') })

    expect(await diff(checkout, contracts(first, second))).toEqual({
      code: 0,
      said: 'orders v2   minor      the contract · was added\n1 minor in 1 contract',
    })

    await checkout.commit('both')
    const gone = await diff(checkout, contracts(second))
    expect(gone.code).toBe(1)
    expect(gone.said).toContain('orders v1   BREAKING   the contract · was removed, with all it promises')
    expect(gone.said).toContain('printer (pact: "prints an order")')
  },
  timeout,
)
