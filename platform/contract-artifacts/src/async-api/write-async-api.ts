import type { Artefact } from '../artefact.ts'
import { jsonText } from '../json-text.ts'
import { asyncApiOf } from './async-api-of.ts'

/** Emits `asyncapi.json`, for contracts that use the broker. */
export const writeAsyncApi: Artefact = (contract) => {
  const document = asyncApiOf(contract)
  return document === undefined ? [] : [{ path: 'asyncapi.json', text: jsonText(document) }]
}
