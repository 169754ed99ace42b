import { createFileRegistry, type DescMethodUnary, type DescService, type Message } from '@bufbuild/protobuf'
import { Code, ConnectError, createConnectRouter, type ConnectRouter, type HandlerContext } from '@connectrpc/connect'
import { compressionBrotli, compressionGzip } from '@connectrpc/connect-node'
import type { AnyBoundOperation, AnyContract } from '@ashlar/contract'
import { callAnswerer, type RpcListenerOptions } from '@ashlar/rpc'
import { codecOf } from './codec.ts'
import { descriptorOf } from './descriptor-of.ts'
import { errorDetails } from './error-details.ts'
import { failureOf } from './failure-of.ts'
import type { ProtoFile, ProtoRpc } from './proto-file.ts'

const defaultMaxBodyBytes = 1_048_576

/** What is served: a contract, and its protobuf. */
export interface Served {
  readonly contract: AnyContract
  readonly file: ProtoFile
  readonly listening: RpcListenerOptions
}

/**
 * Routes each operation of a contract from gRPC, gRPC-Web and Connect to what answers it on every wire. Throws `TypeError` when
 * the protobuf lacks what the contract has.
 */
export function serviceRoutes({ contract, file, listening }: Served): ConnectRouter {
  const own = descriptorOf(file)
  const registry = createFileRegistry(own, errorDetails())
  const codec = codecOf(file, own)
  const service = own.getService(`${file.package}.${file.service.name}`)
  const answer = callAnswerer(listening)
  const router = createConnectRouter({
    readMaxBytes: listening.maxBodyBytes ?? defaultMaxBodyBytes,
    acceptCompression: [compressionGzip, compressionBrotli],
    // a field that the contract does not have is refused, as on every wire that can tell
    jsonOptions: { registry, ignoreUnknownFields: false },
  })
  const said = <Made>(make: () => Made): Made => {
    try {
      return make()
    } catch (err) {
      // an answer that its contract allows and protobuf cannot hold
      listening.logger.error({ err }, 'an answer could not be said in protobuf')
      // thrown on, its words would reach the caller
      throw new ConnectError('something went wrong on our side', Code.Internal)
    }
  }
  for (const operation of Object.values<AnyBoundOperation>(contract.operations)) {
    const rpc = rpcOf(file, operation)
    const method = unaryOf(service, rpc)
    const { maxBodyBytes } = operation.hints
    const handle = async (request: Message, context: HandlerContext): Promise<Message> => {
      const { outcome, deprecation } = await answer({
        operation,
        wire: context.protocolName === 'connect' ? 'connectrpc' : 'grpc',
        headers: Object.fromEntries(context.requestHeader),
        waitMs: wholeMs(context.timeoutMs()),
        signal: leavingOf(context),
        input: () => codec.fromMessage(rpc.request, request),
      })
      for (const [name, value] of deprecation ?? []) context.responseHeader.set(name, value)
      const made = said(() =>
        outcome.ok ? codec.toMessage(rpc.response, outcome.value) : failureOf(outcome.error, rpc, { file, codec, registry }),
      )
      if (made instanceof ConnectError) throw made
      return made
    }
    router.rpc(method, handle, maxBodyBytes === undefined ? {} : { readMaxBytes: maxBodyBytes })
  }
  return router
}

function rpcOf(file: ProtoFile, operation: AnyBoundOperation): ProtoRpc {
  const rpc = file.service.rpcs.find((rpc) => rpc.operation === operation.name)
  if (rpc === undefined)
    throw new TypeError(`the protobuf of ${operation.contract} lacks ${operation.name}: npm run ashlar -- contracts emit`)
  return rpc
}

function unaryOf(service: DescService | undefined, { name }: ProtoRpc): DescMethodUnary {
  const method = service?.methods.find((method) => method.name === name)
  if (method?.methodKind !== 'unary') throw new TypeError(`the descriptor has no rpc ${name}`)
  return method as DescMethodUnary
}

const longestWaitMs = 600_000

function wholeMs(waitMs: number | undefined): number | undefined {
  return waitMs === undefined ? undefined : Math.min(Math.max(0, Math.floor(waitMs)), longestWaitMs)
}

/** Aborted when the caller goes away. The deadline is left to the clock that every wire has. */
function leavingOf({ signal }: HandlerContext): AbortSignal {
  const leaving = new AbortController()
  const leave = (): void => {
    if (!(signal.reason instanceof ConnectError && signal.reason.code === Code.DeadlineExceeded)) leaving.abort()
  }
  if (signal.aborted) leave()
  else signal.addEventListener('abort', leave, { once: true })
  return leaving.signal
}
