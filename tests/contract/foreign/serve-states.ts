import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MakeState } from '@ashlar/testing/pact'

/** Where a foreign verifier asks for states, over HTTP as it expects it. */
export interface StateServer extends AsyncDisposable {
  readonly url: string
  /** States that could not be made. */
  readonly failed: readonly string[]
}

interface Asked {
  readonly action: 'setup' | 'teardown'
  readonly state: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** Serves the states that our own verification makes. */
export async function serveStates(states: Readonly<Record<string, MakeState>>): Promise<StateServer> {
  const failed: string[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { action, state, params = {} } = JSON.parse(text) as Asked
    try {
      if (states[state] === undefined) throw new Error('nobody knows this state')
      const values = action === 'setup' ? await states[state](params) : undefined
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(values ?? {}))
    } catch (error) {
      failed.push(`"${state}": ${String(error)}`)
      response.writeHead(500).end()
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    failed,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
