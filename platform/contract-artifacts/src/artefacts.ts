import type { Artefact } from './artefact.ts'
import { writeLock } from './lock/write-lock.ts'
import { writeProto } from './protobuf/write-proto.ts'

/** Everything that `contracts emit` writes for each contract. */
export const artefacts: readonly Artefact[] = [writeLock, writeProto]
