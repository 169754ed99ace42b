import { afterEach } from 'vitest'
import { createTransport, type Transport } from '../client/transport.ts'
import { quiet } from './callers.ts'
import type { fixedRegistry } from './fixed-registry.ts'
import { serveParcels, type ServedParcels } from './our-listener.ts'
import { serveHttp, type ServedHttp } from './serve-http.ts'

/** What a test opens, each closed when the test is over. */
export interface ClosedAfterEach {
  readonly parcels: (...options: Parameters<typeof serveParcels>) => Promise<ServedParcels>
  readonly http: (...served: Parameters<typeof serveHttp>) => Promise<ServedHttp>
  readonly transport: (registry: ReturnType<typeof fixedRegistry>) => Transport
}

/** Makes the openers of a test file; after each test what they opened is closed, the newest first. */
export function closedAfterEach(): ClosedAfterEach {
  const opened: AsyncDisposable[] = []
  afterEach(async () => {
    for (const part of opened.splice(0).toReversed()) await part[Symbol.asyncDispose]()
  })
  const kept = <Part extends AsyncDisposable>(part: Part): Part => {
    opened.push(part)
    return part
  }
  return {
    parcels: async (...options) => kept(await serveParcels(...options)),
    http: async (...served) => kept(await serveHttp(...served)),
    transport: (registry) => kept(createTransport({ registry, logger: quiet })),
  }
}
