// Runs once before the services: their databases, roles, tables and seeds, and their streams.
import { resolve } from 'node:path'
import { findServices, prepareStores, prepareStreams } from '@tools/dev'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const { POSTGRES_ADMIN_URL: adminUrl = '', NATS_URL: url = '', SECRETS_FOLDER: folder = '/run/ashlar' } = process.env
const services = findServices(root)
await prepareStores({ root, folder, adminUrl, services })
console.log(`databases are up to date: ${services.join(', ')}`)
const bus = await prepareStreams({ url, services })
await bus.close()
console.log('streams are there')
