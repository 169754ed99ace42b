import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ownFolder } from '../testing/own-folder.ts'
import { brokerPasswords, brokerUrlOf } from './broker-passwords.ts'

it('keeps passwords the same, and makes one for a service that is new', async () => {
  const folder = await ownFolder()
  const first = await brokerPasswords(folder, ['orders'])
  const second = await brokerPasswords(folder, ['orders', 'payments'])
  expect(second.get('orders')).toBe(first.get('orders'))
  expect(second.get('payments')).not.toBe(second.get('orders'))
  expect((await stat(join(folder, 'broker-passwords.json'))).mode & 0o777).toBe(0o600)
})

it.each(['', '{"orders":', 'null', '["orders"]', '{"orders":7}', '{"orders":""}'])(
  'makes new ones where the file holds %s',
  async (text) => {
    const folder = await ownFolder()
    const file = join(folder, 'broker-passwords.json')
    await writeFile(file, text)
    const made = (await brokerPasswords(folder, ['orders'])).get('orders')
    expect(made).toMatch(/^[\w-]{24}$/)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ orders: made })
  },
)

it('gives an address to those it knows, and none to others', async () => {
  const folder = await ownFolder()
  const passwords = await brokerPasswords(folder, ['orders'])
  const broker = { folder, url: 'nats://127.0.0.1:4722' }
  expect(await brokerUrlOf('orders', broker)).toBe(`nats://orders:${passwords.get('orders')}@127.0.0.1:4722`)
  expect(await brokerUrlOf('payments', broker)).toBeUndefined()
})
