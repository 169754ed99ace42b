import { openDatabase } from '../database/open-database.ts'
import { quietRelay } from './relay-ground.ts'
import { testBus } from './test-ground.ts'

// A process that relays and is killed in the worst moment: the broker has acknowledged, the database does not know yet.
const [databaseUrl = '', natsUrl = ''] = process.argv.slice(2)
const bus = await testBus(natsUrl)
await quietRelay({
  database: openDatabase({ url: databaseUrl, name: 'relay that dies' }),
  url: databaseUrl,
  bus: {
    ...bus,
    async publish(message) {
      await bus.publish(message)
      process.kill(process.pid, 'SIGKILL')
      return await new Promise(() => undefined)
    },
  },
})
