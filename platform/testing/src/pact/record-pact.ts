import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyBoundOperation, AnyContract, BoundEvent } from '@ashlar/contract'
import type { SagaDefinition } from '@ashlar/saga'
import { PactV4 } from '@pact-foundation/pact'
import { canonicalPact } from './canonical-pact.ts'
import { recordCall } from './record-call.ts'
import { recordEvent } from './record-event.ts'
import { recordStep } from './record-step.ts'
import type { CallStory, EventStory, StepStory } from './story.ts'

/** Writes the pact between one consumer and one provider out of stories that are told against it. */
export class PactRecorder<C extends AnyContract> implements AsyncDisposable {
  readonly consumer: string
  readonly provider: C
  #folder: string | undefined

  constructor({ consumer, provider }: { consumer: string; provider: C }) {
    this.consumer = consumer
    this.provider = provider
  }

  /** Records a call, by a story that makes it. */
  async call<Op extends AnyBoundOperation>(operation: Op, title: string, story: CallStory<C, Op>): Promise<void> {
    const { consumer, provider } = this
    await recordCall(await this.#open(), { consumer, provider, operation, title, story })
  }

  /** Records an event that is heard, by a story that hears it. */
  async event<Ev extends BoundEvent>(event: Ev, title: string, story: EventStory<Ev>): Promise<void> {
    await recordEvent(await this.#open(), { provider: this.provider, event, title, story })
  }

  /** Records a command of a saga, and its reply. */
  async step<State>(saga: SagaDefinition<State>, title: string, story: StepStory<State>): Promise<void> {
    const { consumer, provider } = this
    await recordStep(await this.#open(), { consumer, provider, saga, title, story })
  }

  /** The pact as it is to be committed. Throws when no story was told to its end. */
  async text(): Promise<string> {
    const written = join(this.#folder ?? '', `${this.consumer}-${this.provider.name}.json`)
    return canonicalPact(await readFile(written, 'utf8'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  async #open(): Promise<PactV4> {
    // a folder for each recorder: who writes into the same file at once writes over each other
    this.#folder ??= await mkdtemp(join(tmpdir(), 'pact-'))
    return new PactV4({ consumer: this.consumer, provider: this.provider.name, dir: this.#folder, logLevel: 'error' })
  }
}
