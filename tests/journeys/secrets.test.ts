import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ask, Customer, orderBody, type HttpAnswer } from '../harness/index.ts'
import { insistOn } from '../harness/insist.ts'
import { openShop } from '../harness/open-shop.ts'
import { everythingSaid, leaksIn } from '../harness/spoken.ts'

// the most talkative a process can be
const shop = await openShop({ environment: { LOG_LEVEL: 'trace' } })

const password = `sesame-${randomUUID()}`
const card = `tok_planted_${randomUUID()}`
const customer = await Customer.register(shop.url, { name: 'Zenobia', password })
const { email, session } = customer
const planted = { password, card, email, accessToken: session.accessToken, refreshToken: session.refreshToken }

it('repeats no secret in a problem', async () => {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) => ask(shop.url, { method: 'POST', path, body, headers })
  const answers: HttpAnswer<any>[] = await Promise.all([
    post('/v1/users', { email, password, name: 'Again' }),
    post('/v1/users', { email, password: { is: password }, name: 'Wrong' }),
    post('/v1/users', `{"email":"${email}","password":"${password}"`),
    post('/v1/sessions', { email, password: `${password}!` }),
    post('/v1/sessions', password, { 'content-type': 'text/plain' }),
    post('/v1/sessions/refresh', { refreshToken: `${session.refreshToken}x` }),
    ask(shop.url, { path: '/v1/users/me', token: `${session.accessToken}x` }),
    ask(shop.url, { path: `/v1/products/${card}`, token: session.accessToken }),
    customer.orders({ card: `${card} ` }),
    customer.asks({ method: 'POST', path: '/v1/orders', body: orderBody({ card }) }),
    customer.asks({ method: 'POST', path: '/trpc/orders.placeOrder', body: { payment: { method: 'card', token: card } } }),
  ])
  expect(answers.filter(({ status }) => status < 400)).toEqual([])
  const documents = answers.map(({ body }) => JSON.stringify(body))
  expect(leaksIn(documents, planted)).toEqual([])
})

it('logs no secret and nothing about a person while all goes well, and while it does not', async () => {
  const declined = await customer.places({ card })
  const confirmed = await customer.places({ card: 'tok_flaky' })
  await expect(declined).toEndAs('rejected', { reason: 'card_declined' })
  await expect(confirmed).toEndAs('confirmed')
  await ask(shop.url, { method: 'POST', path: '/v1/sessions/refresh', body: { refreshToken: session.refreshToken } })
  await ask(shop.url, { method: 'POST', path: '/v1/sessions/refresh', body: { refreshToken: session.refreshToken } })

  const placing = Promise.all(Array.from({ length: 20 }, () => insistOn(customer, { card })))
  await Promise.all([shop.kill('payments'), shop.system.servers.postgres.kill(), shop.system.servers.nats.kill()])
  const orders = await placing
  await Promise.all(orders.map((order) => expect(order).toEndAs('rejected', { reason: 'card_declined' })))

  const said = await everythingSaid(shop)
  expect(said.filter((line) => line.includes('orders.v1/placeOrder')).length).toBeGreaterThan(20)
  const people = { name: 'Zenobia', addressee: 'Ada Lovelace', street: 'St James', cards: 'tok_' }
  expect(leaksIn(said, { ...planted, ...people })).toEqual([])
})

it('logs no key, no token of its own and no way into a database or the broker', async () => {
  const folder = join(shop.system.folder, 'keys')
  const keys: Record<string, string> = {}
  for (const file of await readdir(folder)) {
    const { d, keys: set = [] } = JSON.parse(await readFile(join(folder, file), 'utf8')) as { d?: string; keys?: { d?: string }[] }
    for (const secret of [d, ...set.map((key) => key.d)]) if (secret !== undefined) keys[file] = secret
  }
  expect(Object.keys(keys).length).toBeGreaterThanOrEqual(9)
  const passwords = Object.fromEntries(
    await Promise.all(
      shop.system.topology.services.map(async (name) => [`${name} password`, new URL(await shop.databaseUrl(name)).password]),
    ),
  )
  const brokerPasswords = JSON.parse(await readFile(join(shop.system.folder, 'broker-passwords.json'), 'utf8')) as Record<string, string>
  expect(Object.keys(brokerPasswords)).toEqual(expect.arrayContaining([...shop.system.topology.services, 'operator']))
  const topology = await readFile(join(shop.system.folder, 'topology.json'), 'utf8')
  const ready = await Promise.all(shop.system.topology.services.map((name) => ask(shop.addressOf(name), { path: '/health/ready' })))
  const said = [...(await everythingSaid(shop)), topology, ...ready.map(({ body }) => JSON.stringify(body))]
  // how every signed token begins: {"alg":
  expect(leaksIn(said, { ...keys, ...passwords, ...brokerPasswords, token: 'eyJhbGciOi' })).toEqual([])
})
