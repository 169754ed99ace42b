import { Answer, type AnyAnswer, type AnyContract } from '@ashlar/contract'
import type { Client } from '@ashlar/rpc'
import { readingOf, type Read } from './reading.ts'

/** A client whose answers note what is read of them. */
export interface ReadingClient<C extends AnyContract> {
  readonly client: Client<C>
  /** What was read of each answer so far, in the order they came. */
  readonly reads: readonly Read[]
}

type Call = (input: unknown, options?: unknown) => Promise<AnyAnswer>

/** Makes a typed client note what its caller reads of the answers. */
export function readingClient<C extends AnyContract>(client: Client<C>): ReadingClient<C> {
  const reads: Read[] = []
  const note = (value: unknown): unknown => {
    const reading = readingOf(value)
    reads.push(reading.read)
    return reading.value
  }
  const calls = Object.entries(client as Record<string, Call>).map(([name, call]) => {
    const noting: Call = async (input, options) => {
      const answer = await call(input, options)
      return answer.ok ? Answer.ok(note(answer.value)) : Answer.failed(answer.code, note(answer.data))
    }
    return [name, noting]
  })
  return { client: Object.fromEntries(calls) as Client<C>, reads }
}
