import { type DescMethodUnary, type Message } from '@bufbuild/protobuf'
import { ConnectError, type Transport } from '@connectrpc/connect'
import { codecOf } from '../codec.ts'
import { descriptorOf } from '../descriptor-of.ts'
import { errorDetails } from '../error-details.ts'
import { libraryProtobuf } from './library.ts'

/** Everything the library's protobuf describes. */
export const libraryRegistry = descriptorOf(libraryProtobuf)
const codec = codecOf(libraryProtobuf, libraryRegistry)

interface Asking {
  readonly input?: unknown
  readonly headers?: Record<string, string>
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** Asks the library for one of its rpcs, as `Bearer reader` unless told otherwise; gives the answer as the contract says it. */
export async function ask(transport: Transport, name: string, { input = {}, headers, timeoutMs, signal }: Asking): Promise<unknown> {
  const method = libraryRegistry.getService('library.v1.LibraryService')?.methods.find((each) => each.name === name) as DescMethodUnary
  const sent = codec.toMessage(`${name}Request`, input)
  const { message } = await transport.unary(method, signal, timeoutMs, { authorization: 'Bearer reader', ...headers }, sent)
  return codec.fromMessage(`${name}Response`, message)
}

/** Gives how a call failed. Throws where it did not. */
export async function failure(asked: Promise<unknown>): Promise<ConnectError> {
  const thrown: unknown = await asked.then(
    (value) => value,
    (cause: unknown) => cause,
  )
  if (thrown instanceof ConnectError) return thrown
  throw new Error('it did not fail', { cause: thrown })
}

/** Gives the details of a failure, as plain values. */
export function detailsOf(error: ConnectError): unknown[] {
  const details = errorDetails()
  return ['ErrorInfo', 'BadRequest']
    .flatMap((name) => error.findDetails(details.getMessage(`google.rpc.${name}`)!))
    .concat(error.findDetails(libraryRegistry.getMessage('library.v1.FindBookBookLentError')!))
    .map(
      (detail: Message) =>
        JSON.parse(
          JSON.stringify({ ...detail, $unknown: undefined }, (_key, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)),
        ) as unknown,
    )
}
