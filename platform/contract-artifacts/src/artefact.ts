import type { AnyContract } from '@ashlar/contract'
import type { ContractLock } from './lock/contract-lock.ts'

/** One file that follows from a contract. */
export interface EmittedFile {
  /** Below the contract's folder of generated files, with `/`: `schemas/Order.json`. */
  readonly path: string
  readonly text: string
}

/**
 * One face of a contract, written down. `previousLock` is the lock as it was last emitted, `undefined` the first time.
 * Pure and deterministic: the same contract and lock give the same bytes.
 */
export type Artefact = (contract: AnyContract, previousLock: ContractLock | undefined) => readonly EmittedFile[]
