import type { ServedHttp } from './serve-http.ts'

export interface Said {
  status: number
  body: { result?: { data: unknown }; error?: { message: string; code: number; data: Record<string, unknown> } }
}

/** Asks for an operation of parcels by a plain POST, as any language may. */
export async function ask(
  server: ServedHttp,
  operation: string,
  request: { body?: string; headers?: Record<string, string> } = {},
): Promise<Said> {
  const response = await fetch(`${server.url}/rpc/parcels.v2/${operation}`, {
    method: 'POST',
    body: request.body ?? '{}',
    headers: { 'content-type': 'application/json', ...request.headers },
  })
  return { status: response.status, body: (await response.json()) as Said['body'] }
}
