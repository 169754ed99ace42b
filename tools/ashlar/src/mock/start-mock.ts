import type { IncomingMessage } from 'node:http'
import type { AnyBoundOperation, AnyContract } from '@ashlar/contract'
import { createRpcListener, type RpcListener } from '@ashlar/rpc'
import { Health, openHttpDoor, stoppable, type Server } from '@ashlar/service'
import { createLogger } from '@observability/telemetry'
import { mockImplementation } from './mock-implementation.ts'

export const mockErrorHeader = 'x-mock-error'
/** What no operation may declare, so that asking for it is refused by each. */
const undeclared = ''

interface Wanted {
  readonly contract: AnyContract
  /** 0 takes a free one. */
  readonly port: number
  readonly seed: string
}

/**
 * Serves a contract with made-up answers on the tRPC wire, at `127.0.0.1`. A request with `x-mock-error: <code>` is answered with
 * that declared error. Ends on SIGINT or SIGTERM. Throws `PortTakenError`.
 */
export async function startMock({ contract, port, seed }: Wanted): Promise<Server> {
  const logger = createLogger({ service: 'mock', level: 'silent' })
  const listenerFor = (error: string | undefined): RpcListener =>
    createRpcListener({
      implementations: [mockImplementation(contract, { seed, error })],
      // a mock believes everybody, whatever they bring along
      authenticate: async () => ({ kind: 'anonymous' }),
      logger,
    })
  const plain = listenerFor(undefined)
  const failing = new Map([undeclared, ...declaredErrors(contract)].map((code) => [code, listenerFor(code)]))
  const listenerOf = ({ headers }: IncomingMessage): RpcListener | undefined => {
    const code = headers[mockErrorHeader]
    return typeof code === 'string' ? (failing.get(code) ?? failing.get(undeclared)) : plain
  }
  const door = await openHttpDoor({
    host: '127.0.0.1',
    port,
    health: new Health(),
    answer: (request, response) => listenerOf(request)?.(request, response) ?? false,
  })
  return stoppable(door, () => door.close(1_000))
}

function declaredErrors({ operations }: AnyContract): Set<string> {
  return new Set(Object.values<AnyBoundOperation>(operations).flatMap(({ errors }) => Object.keys(errors)))
}
