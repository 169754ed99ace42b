import { createLogger } from '../logger.ts'
import { createTelemetry } from '../telemetry.ts'
import { inSpan } from '../tracing/in-span.ts'
import { inCall } from './in-call.ts'

// A service that is careless with its secrets, in all the ways the net is knotted for; run by a test with the secret in its environment.
const secret = process.env['PLANTED'] ?? ''
const logger = createLogger({ service: 'careless' })
await using telemetry = createTelemetry('careless')

const span = telemetry.tracing.start('POST /v1/sessions', { kind: 'server' })
await inCall(span, async () => {
  logger.info({ password: secret, token: secret, accessToken: secret, refreshToken: secret, authorization: secret, secret }, 'signed in')
  logger.warn({ headers: { authorization: secret, cookie: secret, 'set-cookie': secret }, input: { password: secret } }, 'signed in')
  logger.child({ user: { token: secret } }).error('signed in')
  await inSpan('transaction', {}, () => Promise.reject(new RangeError(secret))).catch(() => undefined)
  telemetry.metrics.count('messaging_redeliveries_total', { consumer: 'careless' })
})
span.end({ error: 'unauthenticated' })
process.stdout.write((await telemetry.metrics.render()).text)
