import type { AnyContract } from '@ashlar/contract'
import type { Face } from '@ashlar/rpc'
import type { ProtoFile } from './proto-file.ts'

/** How a contract is served. */
export interface GrpcOptions {
  /** Loads the contract's protobuf: `contracts/<name>/generated/<name>.proto.json`, which `contracts emit` writes. */
  readonly protobuf: () => Promise<{ readonly default: unknown }>
  /** Of the door for gRPC; 0, unless given, takes a free one. */
  readonly port?: number
}

/** The protobuf that was loaded is not this contract's. */
export class ProtobufMismatchError extends Error {
  override readonly name = 'ProtobufMismatchError'
}

/**
 * Serves a contract by gRPC as well (HTTP/2 without TLS, at a port of its own), and by gRPC-Web and Connect at the service's
 * ordinary port, where Connect is plain JSON: `POST /users.v1.UsersService/GetUser`. Nothing of it is loaded before it is opened.
 */
export function grpcFace(contract: AnyContract, { protobuf, port = 0 }: GrpcOptions): Face {
  return {
    name: 'grpc',
    async open({ host, listening }) {
      const [{ openGrpc }, loaded] = await Promise.all([import('./open-grpc.ts'), protobuf()])
      return openGrpc({ contract, file: protoFileIn(loaded.default, contract), listening }, { host, port })
    },
  }
}

// the file is written and checked by `contracts emit`; what can go wrong is to name another contract's
function protoFileIn(loaded: unknown, contract: AnyContract): ProtoFile {
  const file = loaded as Partial<ProtoFile> | null
  if (file?.package !== contract.id)
    throw new ProtobufMismatchError(`the protobuf given for ${contract.id} is that of ${file?.package ?? 'no contract'}`)
  return file as ProtoFile
}
