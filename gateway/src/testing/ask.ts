import { request } from 'undici'

export interface Asked {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE'
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The body as JSON; `undefined` when there is none. */
  readonly body: any
}

/** Asks a gateway over HTTP, as a client would. */
export async function ask(url: string, path: string, { method = 'GET', headers = {}, token, body }: Asked = {}): Promise<Answered> {
  const answer = await request(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await answer.body.text()
  const isJson = String(answer.headers['content-type']).includes('json') && text !== ''
  return { status: answer.statusCode, headers: answer.headers, text, body: isJson ? (JSON.parse(text) as unknown) : undefined }
}
