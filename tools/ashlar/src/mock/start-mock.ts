import type { IncomingMessage } from 'node:http'
import type { AnyBoundOperation, AnyContract } from '@ashlar/contract'
import { createRpcListener, type Implementation, type RpcListener } from '@ashlar/rpc'
import { Health, openHttpDoor, stoppable, type Server } from '@ashlar/service'
import { createLogger } from '@observability/telemetry'
import { mockErrorHeader } from './mock-error-header.ts'
import { mockImplementation } from './mock-implementation.ts'
import { restDoor } from './rest-door.ts'

/** What no operation may declare, so that asking for it is refused by each. */
const undeclared = ''

interface Mock {
  readonly implementation: Implementation
  readonly listener: RpcListener
}

interface Wanted {
  readonly contract: AnyContract
  /** 0 takes a free one. */
  readonly port: number
  readonly seed: string
}

/**
 * Serves a contract with made-up answers at `127.0.0.1`, on the tRPC wire between services and at the REST routes of the gateway. A request with `x-mock-error: <code>` is answered with
 * that declared error. Ends on SIGINT or SIGTERM. Throws `PortTakenError`.
 */
export async function startMock({ contract, port, seed }: Wanted): Promise<Server> {
  const logger = createLogger({ service: 'mock', level: 'silent' })
  const mockFor = (error: string | undefined): Mock => {
    const implementation = mockImplementation(contract, { seed, error })
    // a mock believes everybody, whatever they bring along
    const authenticate = async () => ({ kind: 'anonymous' }) as const
    return { implementation, listener: createRpcListener({ implementations: [implementation], authenticate, logger }) }
  }
  const plain = mockFor(undefined)
  const failing = new Map([undeclared, ...declaredErrors(contract)].map((code) => [code, mockFor(code)]))
  const mockOf = ({ headers }: IncomingMessage): Mock | undefined => {
    const code = headers[mockErrorHeader]
    return typeof code === 'string' ? (failing.get(code) ?? failing.get(undeclared)) : plain
  }
  const rest = restDoor(contract, (request, { name }) => mockOf(request)?.implementation.invoke.get(name))
  const door = await openHttpDoor({
    host: '127.0.0.1',
    port,
    health: new Health(),
    answer: (request, response) => mockOf(request)?.listener(request, response) === true || rest(request, response),
  })
  return stoppable(door, () => door.close(1_000))
}

function declaredErrors({ operations }: AnyContract): Set<string> {
  return new Set(Object.values<AnyBoundOperation>(operations).flatMap(({ errors }) => Object.keys(errors)))
}
