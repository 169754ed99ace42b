// A process that registers one instance, to be killed by a test, or told `leave` to close everything and end by itself.
import { createLogger } from '@observability/telemetry'
import { openRegistry } from '../index.ts'
import { runInstance } from './running-instance.ts'

const [url = '', service = '', id = '', checkIntervalMs = ''] = process.argv.slice(2)
const running = await runInstance(service, id)
const registry = openRegistry(url, { logger: createLogger({ service, level: 'silent' }), checkIntervalMs: Number(checkIntervalMs) })
const watch = registry.watch(service)
await registry.register(running.instance)
await watch.ready
process.on('message', () => {
  process.disconnect()
  void registry.close().then(() => running.close())
})
process.send?.('registered')
