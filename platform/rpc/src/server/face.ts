import type { RpcListener } from './listener.ts'
import type { RpcListenerOptions } from './listener-options.ts'

/** Another wire on which a service can be called, beside the tRPC wire; the same functions answer. */
export interface Face {
  /** As it is announced and logged: `grpc`. */
  readonly name: string
  /** Loads what the wire needs, and opens its own door where it has one. What is thrown stops the start of the service. */
  open(ground: FaceGround): Promise<OpenFace>
}

/** What a face is opened on. */
export interface FaceGround {
  /** Address to listen on. */
  readonly host: string
  /** What it serves, and how callers are known and calls are told of. */
  readonly listening: RpcListenerOptions
}

/** A face at work. */
export interface OpenFace {
  /** Of its own door. */
  readonly port: number
  /** Answers what of this wire comes to the service's ordinary door; `false` for any other path. */
  readonly answer: RpcListener
  /** Stops listening and waits, up to `graceMs`, for calls in hand; what is left then is cut. */
  close(graceMs: number): Promise<void>
}
