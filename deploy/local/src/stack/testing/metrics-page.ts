import { once } from 'node:events'
import { createServer } from 'node:http'

/** Serves one counter with an exemplar, as a service's `/metrics` does; gives its port. */
export async function serveCounter(counter: {
  name: string
  service: string
  traceId: string
}): Promise<AsyncDisposable & { readonly port: number }> {
  const { name, service, traceId } = counter
  const text = [
    `# TYPE ${name} counter`,
    `${name}_total{service="${service}",outcome="ok"} 7 # {trace_id="${traceId}"} 1 ${Date.now() / 1_000}`,
    '# EOF',
    '',
  ].join('\n')
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/openmetrics-text; version=1.0.0; charset=utf-8').end(text),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await server[Symbol.asyncDispose]()
    },
  }
}
