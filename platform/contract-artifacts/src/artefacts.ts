import type { Artefact } from './artefact.ts'

/** Everything that `contracts emit` writes for each contract. */
export const artefacts: readonly Artefact[] = []
