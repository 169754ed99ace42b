/** One call that a neighbour makes with its own client and contracts. */
export interface Call {
  readonly contract: string
  readonly operation: string
  readonly input: unknown
  /** Who asks: a service, a customer, or nobody known. */
  readonly as:
    | { readonly kind: 'service'; readonly name: string }
    | { readonly kind: 'customer'; readonly id: string }
    | { readonly kind: 'anonymous' }
}

/** What a neighbour is told: where the others are, where keys lie, whom to call, and which messages to read. */
export interface Errand {
  readonly registryUrl: string
  readonly keysFolder: string
  readonly calls: readonly Call[]
  /** Payloads of messages, as they were published. */
  readonly messages: readonly string[]
}

/** Something in an answer or a message that is not as the reader's contract has it. `path` leads to it. */
export interface Complaint {
  readonly path: readonly (string | number)[]
  readonly said: string
  /** It is not there at all. */
  readonly isMissing: boolean
}

/** How a call went: an answer, or what the client made of something that is none. */
export type Heard =
  | { readonly kind: 'answer'; readonly code: string; readonly complaints: readonly Complaint[] }
  | { readonly kind: 'unknown operation' }
  | { readonly kind: 'failed'; readonly said: string }

/** How a message was read; `unknown` where the reader's contracts have no such event in that version. */
export type Read = { readonly kind: 'read'; readonly complaints: readonly Complaint[] } | { readonly kind: 'unknown' }

/** What a neighbour brings back, each in the order it was asked. */
export interface Report {
  readonly calls: readonly Heard[]
  readonly messages: readonly Read[]
}
