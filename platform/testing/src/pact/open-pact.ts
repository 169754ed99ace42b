import { fileURLToPath } from 'node:url'
import type { AnyContract } from '@ashlar/contract'
import { afterAll, expect } from 'vitest'
import { PactRecorder } from './record-pact.ts'

/** A pact in a test file: its stories, and whether it is kept. */
export interface OpenPact<C extends AnyContract> extends PactRecorder<C> {
  /** Asserts that what was told is what is committed, `<contracts>/<provider>/pacts/<consumer>.json`; `vitest -u` writes it. The last test of a file. */
  isKept(): Promise<void>
}

/** Opens the pact between a consumer and a provider for the stories of one test file, all of them. */
export function openPact<C extends AnyContract>({
  consumer,
  provider,
  contracts,
}: {
  consumer: string
  provider: C
  /** The folder of all contracts. */
  contracts: URL
}): OpenPact<C> {
  const recorder = new PactRecorder({ consumer, provider })
  afterAll(() => recorder[Symbol.asyncDispose]())
  const file = fileURLToPath(new URL(`${provider.name}/pacts/${consumer}.json`, contracts))
  const isKept = async () => expect(await recorder.text()).toMatchFileSnapshot(file)
  return Object.assign(recorder, { isKept })
}
