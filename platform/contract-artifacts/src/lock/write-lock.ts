import type { Artefact } from '../artefact.ts'
import { jsonText } from '../json-text.ts'
import { lockOf } from './lock-of.ts'

/** Emits `contract.lock.json`. */
export const writeLock: Artefact = (contract, previousLock) => [
  { path: 'contract.lock.json', text: jsonText(lockOf(contract, previousLock)) },
]
