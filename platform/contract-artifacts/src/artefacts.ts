import type { Artefact } from './artefact.ts'
import { writeAsyncApi } from './async-api/write-async-api.ts'
import { writeJsonSchemas } from './json-schema/write-json-schemas.ts'
import { writeLock } from './lock/write-lock.ts'
import { writeOpenApi } from './open-api/write-open-api.ts'
import { writeProto } from './protobuf/write-proto.ts'

/** Everything that `contracts emit` writes for each contract. */
export const artefacts: readonly Artefact[] = [writeLock, writeJsonSchemas, writeOpenApi, writeAsyncApi, writeProto]
