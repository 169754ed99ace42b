import { isMainThread } from 'node:worker_threads'
import { startTelemetry } from './start/live-telemetry.ts'
import { ownVersion } from './start/own-version.ts'
import { readSettings } from './start/settings.ts'

// Loaded by `node --import @observability/telemetry/start`, before anything of a service is. Worker threads inherit the
// option; they have no services of their own.
const settings = isMainThread ? readSettings(process.env) : undefined
if (settings !== undefined) {
  const resource = { ...ownVersion(process.argv[1]), ...settings.resource }
  const live = await startTelemetry({ ...settings, resource })
  // a process that ends by itself has time to send what it holds; it asks again when that was work, so it is asked once
  process.once('beforeExit', () => void live?.flush())
}
