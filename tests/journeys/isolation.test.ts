import { readRows } from '@deploy/local'
import { describe, expect, it } from 'vitest'
import { openShop } from '../harness/open-shop.ts'

const services = ['users', 'catalogue', 'inventory', 'orders', 'payments', 'shipping', 'notifications']
const shop = await openShop({ only: [] })

/** The address of a database, by a service's own role and password. */
async function asService(service: string, database: string): Promise<string> {
  const url = new URL(await shop.databaseUrl(service))
  url.pathname = `/${database}`
  return url.href
}

describe.each(services)('%s', (service) => {
  it('opens its own database, as nobody special', async () => {
    const [role] = await readRows<object>(
      await asService(service, service),
      'select rolname, rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
    )
    expect(role).toEqual({ rolname: service, rolsuper: false, rolcreatedb: false, rolcreaterole: false })
  })

  it.each([...services.filter((other) => other !== service), 'postgres', 'template1'])('cannot open %s', async (other) => {
    const opening = readRows(await asService(service, other), 'select 1')
    await expect(opening).rejects.toThrow(`permission denied for database "${other}"`)
  })

  it('is not let in with another’s password', async () => {
    const url = new URL(await shop.databaseUrl(service))
    url.password = new URL(await shop.databaseUrl(services.find((other) => other !== service)!)).password
    await expect(readRows(url.href, 'select 1')).rejects.toThrow('password authentication failed')
  })
})
