import type { AnyBoundOperation, AnyContract, BoundEvent, EventData, FailureOf, OutputOf } from '@ashlar/contract'
import type { Envelope } from '@ashlar/messaging'
import type { Client, Transport } from '@ashlar/rpc'

type Scalar = string | number | boolean

/** What must be so at the provider for a story to happen. */
export interface ProviderState {
  readonly name: string
  readonly parameters?: Readonly<Record<string, Scalar | readonly Scalar[]>>
  /** Values the provider chooses, by name, as the story writes them: wherever a request holds one, the provider's own is sent. */
  readonly provides?: Readonly<Record<string, Scalar>>
}

/** Where the provider answers, and the ways to ask it. */
export interface Provided<C extends AnyContract> {
  readonly client: Client<C>
  readonly transport: Transport
}

/** One call of one operation, told from its caller's side. It is told twice, so `tell` begins anew each time. */
export interface CallStory<C extends AnyContract, Op extends AnyBoundOperation> {
  readonly given?: readonly ProviderState[]
  /** An example of the answer, with one element in each list. */
  readonly answer: OutputOf<Op> | FailureOf<Op>
  /** Does what the consumer does, through the given client or transport, and asserts what comes of it. */
  readonly tell: (provider: Provided<C>) => Promise<unknown>
}

/** One event, told from the side of who hears it; told twice. */
export interface EventStory<Ev extends BoundEvent> {
  readonly given?: readonly ProviderState[]
  readonly data: EventData<Ev>
  /** Does what the consumer does with the message, and asserts what comes of it. */
  readonly tell: (message: Envelope<EventData<Ev>>) => Promise<unknown>
}

/** One command of a saga and its reply. What is sent, and what is read of the reply, its definition says. */
export interface StepStory<State> {
  readonly step: string
  readonly direction: 'do' | 'undo'
  readonly given?: readonly ProviderState[]
  readonly state: State
  /** What the operation answers: its output, or `failed(…)`. */
  readonly answer: unknown
}

/** The state that says who asks; whoever verifies signs the request accordingly. */
export const caller = {
  service: (name: string): ProviderState => ({ name: 'the caller is a service', parameters: { name } }),
  customer: (name: string): ProviderState => ({ name: 'the caller is a customer', parameters: { name } }),
  nobody: { name: 'the caller is nobody known' },
} as const
