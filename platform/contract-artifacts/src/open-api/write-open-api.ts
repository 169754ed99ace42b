import type { Artefact } from '../artefact.ts'
import { jsonText } from '../json-text.ts'
import { restFaceOf } from './rest-face.ts'
import { rpcFaceOf } from './rpc-face.ts'

/** Emits both faces of a contract: `openapi.rpc.json`, and `openapi.rest.json` where the gateway serves any of it. */
export const writeOpenApi: Artefact = (contract) => {
  const rest = restFaceOf(contract)
  return [
    { path: 'openapi.rpc.json', text: jsonText(rpcFaceOf(contract)) },
    ...(rest === undefined ? [] : [{ path: 'openapi.rest.json', text: jsonText(rest) }]),
  ]
}
