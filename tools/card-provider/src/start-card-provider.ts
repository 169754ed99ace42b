import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTelemetry, http } from '@observability/telemetry'
import { answerRequest, type Provider, type Reply } from './answer-request.ts'
import { openBank } from './bank.ts'
import { Ledger } from './ledger.ts'
import { traced } from './traced.ts'

export interface CardProviderOptions {
  readonly ledgerFile: string
  /** 0, the default, takes a free port. */
  readonly port?: number
  readonly host?: string
  /** How long `tok_slow` takes; 3,000 unless said. */
  readonly slowMs?: number
}

export interface CardProviderServer {
  readonly url: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Replays the ledger and starts to answer. Throws `LedgerCorruptError`, or what the port refuses. */
export async function startCardProvider(options: CardProviderOptions): Promise<CardProviderServer> {
  const { ledgerFile, port = 0, host = '127.0.0.1', slowMs = 3_000 } = options
  const provider: Provider = { ledger: await Ledger.open(ledgerFile), askBank: openBank({ slowMs }) }

  const telemetry = createTelemetry('card-provider')
  const server = http.createServer((request, response) => {
    traced(telemetry, request, () => answerRequest(provider, request)).then(
      (reply) => send(response, reply),
      (error: unknown) => {
        console.error(error)
        send(response, { status: 500, body: { status: 'internal_error' } })
      },
    )
  })
  server.listen(port, host)
  await once(server, 'listening')

  const close = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    server.closeIdleConnections()
    await closed
    await provider.ledger.close()
    await telemetry.close()
  }
  return { url: `http://${host}:${(server.address() as AddressInfo).port}`, close, [Symbol.asyncDispose]: close }
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
