import type { IncomingHttpHeaders } from 'node:http'
import { createFileRegistry, type DescMethodUnary, type DescService, type Message } from '@bufbuild/protobuf'
import { Code, ConnectError, createConnectRouter, createContextKey, type ConnectRouter, type HandlerContext } from '@connectrpc/connect'
import { compressionBrotli, compressionGzip } from '@connectrpc/connect-node'
import { RequestRefusedError, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import { callAnswerer, type RpcListenerOptions } from '@ashlar/rpc'
import { codecOf } from './codec.ts'
import { descriptorOf } from './descriptor-of.ts'
import { errorDetails } from './error-details.ts'
import { failureOf } from './failure-of.ts'
import type { ProtoFile, ProtoRpc } from './proto-file.ts'

const defaultMaxBodyBytes = 1_048_576

/** Whether a request came as far as its operation. What cannot be read as a message does not. */
export interface Passage {
  reached: boolean
}

export const passage = createContextKey<Passage>({ reached: false })

/** A contract's operations by the paths gRPC gives them. */
export interface ServiceRoutes {
  readonly handlers: ConnectRouter['handlers']
  /** Tells of a request that did not come as far as its operation, as of a call whose input cannot be read. */
  tellUnread(path: string, headers: IncomingHttpHeaders): Promise<void>
}

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
export function serviceRoutes({ contract, file, listening }: Served): ServiceRoutes {
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
  const operations = new Map<string, AnyBoundOperation>()
  for (const operation of Object.values<AnyBoundOperation>(contract.operations)) {
    // the emitted protobuf has none: see docs/decisions/0030
    if (operation.kind === 'subscription') continue
    const rpc = rpcOf(file, operation)
    const method = unaryOf(service, rpc)
    const { maxBodyBytes } = operation.hints
    operations.set(`/${file.package}.${file.service.name}/${rpc.name}`, operation)
    const handle = async (request: Message, context: HandlerContext): Promise<Message> => {
      context.values.get(passage).reached = true
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
  return {
    handlers: router.handlers,
    async tellUnread(path, headers) {
      const operation = operations.get(path)
      if (operation === undefined) return
      const wire = headers['content-type']?.startsWith('application/grpc') === true ? 'grpc' : 'connectrpc'
      await answer({ operation, wire, headers, waitMs: undefined, signal: new AbortController().signal, input: refuseUnread })
    },
  }
}

function refuseUnread(): never {
  throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'bad_request' }, 'this is not the message that the operation takes')
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
