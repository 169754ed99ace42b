/** One answer of the shop, read whole. */
export interface HttpAnswer<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

export interface HttpRequest {
  readonly method?: string
  readonly path: string
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown
}

/** Asks the shop's door over HTTP, as any client would. */
export async function ask<Body = any>(url: string, { method = 'GET', path, token, headers, body }: HttpRequest): Promise<HttpAnswer<Body>> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: (text === '' ? undefined : JSON.parse(text)) as Body }
}

/** Asks, and gives the body of an answer with the status hoped for. Throws, with the answer, when it is another. */
export async function askFor<Body = any>(status: number, url: string, request: HttpRequest): Promise<Body> {
  const answer = await ask<Body>(url, request)
  if (answer.status === status) return answer.body
  throw new Error(`${request.method ?? 'GET'} ${request.path}: expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`)
}
