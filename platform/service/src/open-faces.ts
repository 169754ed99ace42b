import type { AnyContract } from '@ashlar/contract'
import type { OpenFace, RpcListenerOptions } from '@ashlar/rpc'
import type { ServiceDefinition } from './service.ts'

/** A face at work, with whose it is. */
export interface OpenedFace {
  readonly name: string
  readonly contract: AnyContract
  readonly face: OpenFace
}

/** What faces are opened on. */
export interface FacesGround {
  readonly host: string
  readonly listening: RpcListenerOptions
  readonly definitions: readonly ServiceDefinition[]
}

/** Opens every face that a service asks for, each with its own contract only, and keeps each as soon as it is open. */
export async function openFaces({ host, listening, definitions }: FacesGround, opened: OpenedFace[]): Promise<void> {
  for (const { contract, faces = [] } of definitions) {
    const implementations = listening.implementations.filter((kept) => kept.contract === contract)
    for (const face of faces) {
      opened.push({ name: face.name, contract, face: await face.open({ host, listening: { ...listening, implementations } }) })
    }
  }
}

/** Says at which ports a service's faces are, for the registry; nothing where it has none. */
export function facePorts(opened: readonly OpenedFace[], contract: AnyContract): { ports?: Readonly<Record<string, number>> } {
  const own = opened.filter((one) => one.contract === contract)
  return own.length === 0 ? {} : { ports: Object.fromEntries(own.map(({ name, face }) => [name, face.port])) }
}
