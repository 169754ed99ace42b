// Runs once before the services: their databases, roles, tables and seeds, and their streams.
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findServices, prepareStores, prepareStreams } from '@tools/dev'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const patienceMs = 30_000
const { POSTGRES_ADMIN_URL: adminUrl = '', NATS_URL: url = '', SECRETS_FOLDER: folder = '/run/ashlar' } = process.env
const services = findServices(root)
await prepareStores({ root, folder, adminUrl, services })
console.log(`databases are up to date: ${services.join(', ')}`)

const bus = await prepareStreams({ url, services })
try {
  // A broker that is away is waited for, not reported: that it is here must be asked.
  const giveUpAt = performance.now() + patienceMs
  for (let health = await bus.health(); !health.healthy; health = await bus.health()) {
    if (performance.now() > giveUpAt) throw new Error(`the streams cannot be made: ${health.detail ?? 'the broker does not answer'}`)
    await sleep(200)
  }
  console.log('streams are there')
} finally {
  await bus.close()
}
