import { readFile } from 'node:fs/promises'
import { openPool, type ConnectionPool } from '../open-pool.ts'
import { RegistryRefusedError, RegistryUnavailableError } from '../registry-errors.ts'
import type { RegistryToken } from '../registry-options.ts'
import { readHealthAnswer } from './read-health-answer.ts'
import type { HealthAnswer, HealthRequest } from './watch-decision.ts'

const answerWithinMs = 5_000

interface ConsulRequest {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  readonly body?: object
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}

interface ConsulReply {
  readonly status: number
  readonly index: unknown
  readonly text: string
}

/** The six requests of Consul's HTTP API that a registry needs. All throw `RegistryUnavailableError` or `RegistryRefusedError`. */
export interface ConsulClient {
  /** Reads every listed instance of a service; with an index, waits until something changed or the time is over. */
  readHealth(service: string, request: HealthRequest, signal: AbortSignal): Promise<HealthAnswer>
  register(body: object): Promise<void>
  /** Takes an instance out; one the agent does not know is out already. */
  deregister(id: string): Promise<void>
  isRegistered(id: string): Promise<boolean>
  /** Throws when the agent knows no leader. */
  requireLeader(): Promise<void>
  /** Cuts every request short. */
  close(): Promise<void>
}

/** Opens a client of the agent at an origin; each blocking query holds one connection. */
export function openConsulClient(origin: string, token: RegistryToken | undefined): ConsulClient {
  const pool = openPool(origin, { allowH2: false, connect: { timeout: 2_000 } })
  const ask = (request: ConsulRequest) => send(pool, token, request)
  return {
    async readHealth(service, { index, waitMs, consistency }, signal) {
      const wait = index === 0 ? '' : `index=${index}&wait=${Math.ceil(waitMs)}ms&`
      const path = `/v1/health/service/${encodeURIComponent(service)}?${wait}${consistency}`
      // Consul adds up to a sixteenth to the wait, so that not all queries end together
      const reply = accepted(await ask({ method: 'GET', path, signal, timeoutMs: (waitMs * 17) / 16 + answerWithinMs }))
      return readHealthAnswer(reply.index, parsed(reply.text))
    },
    async register(body) {
      accepted(await ask({ method: 'PUT', path: '/v1/agent/service/register?replace-existing-checks=true', body }))
    },
    async deregister(id) {
      const reply = await ask({ method: 'PUT', path: `/v1/agent/service/deregister/${encodeURIComponent(id)}` })
      if (reply.status !== 404) accepted(reply)
    },
    async isRegistered(id) {
      const reply = await ask({ method: 'GET', path: `/v1/agent/service/${encodeURIComponent(id)}` })
      if (reply.status === 404) return false
      accepted(reply)
      return true
    },
    async requireLeader() {
      const leader = parsed(accepted(await ask({ method: 'GET', path: '/v1/status/leader', timeoutMs: 2_000 })).text)
      if (leader === '') throw new RegistryUnavailableError('Consul has no leader')
    },
    close: () => pool.destroy(),
  }
}

async function send(pool: ConnectionPool, token: RegistryToken | undefined, request: ConsulRequest): Promise<ConsulReply> {
  const { method, path, body, signal, timeoutMs = answerWithinMs } = request
  try {
    const secret = typeof token === 'object' ? (await readFile(token.file, 'utf8')).trim() : token
    const headers = {
      ...(secret === undefined ? {} : { 'x-consul-token': secret }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const response = await pool.request({
      method,
      path,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: timeoutMs,
      bodyTimeout: answerWithinMs,
      ...(signal === undefined ? {} : { signal }),
    })
    return { status: response.statusCode, index: response.headers['x-consul-index'], text: await response.body.text() }
  } catch (cause) {
    throw new RegistryUnavailableError(`Consul does not answer: ${cause instanceof Error ? cause.message : 'unknown reason'}`, { cause })
  }
}

function accepted(reply: ConsulReply): ConsulReply {
  if (reply.status === 200) return reply
  const said = `Consul answered ${reply.status}: ${reply.text.slice(0, 200)}`
  // 429 asks for patience, not for another request
  if (reply.status >= 500 || reply.status === 429) throw new RegistryUnavailableError(said)
  throw new RegistryRefusedError(said, { status: reply.status })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RegistryUnavailableError('Consul gave an answer that is not JSON', { cause })
  }
}
