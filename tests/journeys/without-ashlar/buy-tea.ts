// What a web page, or a program of somebody else, does: nothing of Ashlar runs here. `import type` is gone when it runs.
import type { ContractRouter, GatewayRouter } from '@ashlar/contract'
import type { Catalogue } from '@contracts/catalogue'
import type { Orders } from '@contracts/orders'
import type { Users } from '@contracts/users'
import { createTRPCClient, httpBatchLink, httpLink, isTRPCClientError } from '@trpc/client'

type ShopRouter = GatewayRouter<{ users: Users; catalogue: Catalogue; orders: Orders }>

const [gatewayUrl = '', catalogueUrl = '', catalogueToken = ''] = process.argv.slice(2)
const email = `grace.${crypto.randomUUID()}@example.com`
const password = 'correct horse battery'

let accessToken = ''
const shop = createTRPCClient<ShopRouter>({
  links: [
    httpLink({
      url: `${gatewayUrl}/trpc`,
      headers: ({ op: { context } }) => ({
        ...(accessToken !== '' && { authorization: `Bearer ${accessToken}` }),
        ...(typeof context['key'] === 'string' && { 'idempotency-key': context['key'] }),
      }),
    }),
  ],
})

// a mutation, and what it answers
await shop.users.registerUser.mutate({ email, password, name: 'Grace' })
;({ accessToken } = await shop.users.signIn.mutate({ email, password }))
tell('signed in', (await shop.users.getMe.query({})).name)

// a mutation under a key: sent twice, done once
const wish = {
  lines: [{ sku: 'TEA-ASSAM', quantity: 2 }],
  payment: { method: 'card' as const, token: 'tok_visa' },
  shipTo: { name: 'Grace', line1: '1 Mill Road', city: 'Cambridge', postalCode: 'CB1 2AD', country: 'GB' },
}
const underOneKey = { context: { key: crypto.randomUUID() } }
const order = await shop.orders.placeOrder.mutate(wish, underOneKey)
const again = await shop.orders.placeOrder.mutate(wish, underOneKey)
tell('ordered', order.total.amountMinor > 0 && again.id === order.id ? 'once' : `${order.id} and ${again.id}`)

// a declared error: its reason tells which, and types what it carries
await refused(shop.orders.placeOrder.mutate({ ...wish, lines: [{ sku: 'TEA-OF-THE-GODS', quantity: 1 }] }, { context: { key: 'gods' } }))

// an input that its contract does not take does not compile, and is refused where it is sent nevertheless
// @ts-expect-error a quantity is a number
await refused(shop.orders.placeOrder.mutate({ ...wish, lines: [{ sku: 'TEA-ASSAM', quantity: 'two' }] }, { context: { key: 'two' } }))

// several questions to several services in one request
const requests: string[] = []
const batching = createTRPCClient<ShopRouter>({
  links: [
    httpBatchLink({
      url: `${gatewayUrl}/trpc`,
      headers: { authorization: `Bearer ${accessToken}` },
      fetch(url, options) {
        requests.push(String(url))
        return fetch(url, options as RequestInit)
      },
    }),
  ],
})
const [page, mine] = await Promise.all([
  batching.catalogue.listProducts.query({ search: 'earl grey' }),
  batching.orders.listOrders.query({}),
])
tell('asked at once', {
  requests: requests.length,
  skus: page.items.map(({ sku }) => sku),
  orders: mine.items.map(({ id }) => id === order.id),
})

// a service at its own port: the same client, the same types
const catalogue = createTRPCClient<ContractRouter<Catalogue>>({
  links: [httpLink({ url: `${catalogueUrl}/rpc/catalogue.v1`, headers: { authorization: `Bearer ${catalogueToken}` } })],
})
const [product] = (await catalogue.listProducts.query({ search: 'earl grey' })).items
tell('sold', product?.name)
const priced = catalogue.priceLines.query({ lines: [{ sku: 'TEA-OF-THE-GODS', quantity: 1 }] })
await priced.catch((error: unknown) => {
  if (!isTRPCClientError<ContractRouter<Catalogue>>(error) || error.data?.reason !== 'unknown_product') throw error
  tell('refused by the service', error.data.details.sku.toLowerCase())
})

async function refused(asking: Promise<unknown>): Promise<void> {
  const error = await asking.catch((cause: unknown) => cause)
  if (!isTRPCClientError<ShopRouter>(error)) throw new Error('it was not refused', { cause: error })
  switch (error.data?.reason) {
    case 'unknown_product':
      return tell('refused', `${error.data.details.sku.toLowerCase()} is not sold`)
    case 'invalid_input':
      return tell(
        'refused',
        error.data.issues?.map(({ path }) => path.join('.')),
      )
    default:
      throw error
  }
}

function tell(what: string, value: unknown): void {
  console.log(`${what}: ${JSON.stringify(value)}`)
}
