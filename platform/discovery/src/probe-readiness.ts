import { http } from '@observability/telemetry'
import type { Instance } from './registry.ts'

/** Gives the address at which an instance says whether it is ready. */
export function readinessUrl({ host, port }: Instance): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/health/ready`
}

/** Asks an instance once whether it is ready: any 2xx within `timeoutMs` is a yes, everything else a no. Never throws. */
export async function probeReadiness(instance: Instance, timeoutMs = 1_000): Promise<'ready' | 'not-ready'> {
  const { promise, resolve } = Promise.withResolvers<'ready' | 'not-ready'>()
  // a connection of its own each time: a kept one could outlive the listener it should be testing
  const request = http.get(readinessUrl(instance), { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
    response.resume()
    const status = response.statusCode ?? 0
    resolve(status >= 200 && status < 300 ? 'ready' : 'not-ready')
  })
  request.on('error', () => resolve('not-ready'))
  return promise
}
