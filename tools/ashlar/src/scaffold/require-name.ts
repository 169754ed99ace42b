import { ContractRefusedError, defineContract, event, query, z } from '@ashlar/contract'
import { RefusedError, UsageError } from '../command.ts'

/** What a name is for. */
type Sort = 'contract' | 'operation' | 'event'

const object = z.object({ id: z.string() })
const anOperation = query({ input: object, output: object, policy: { access: 'open' } })
const anEvent = event({ version: 1, aggregate: 'id', key: 'id', data: object })

// Names that a language of contracts allows, and the program that keeps the contract does not.
const words = 'debugger delete eval arguments export function let typeof service local migrations needs contract event query mutation z'
// Processes, servers and keys that have these names already.
const processes = 'gateway operator supervisor ashlar secrets migrate postgres nats consul collector prometheus loki jaeger grafana'
const taken: Readonly<Record<Sort, ReadonlySet<string>>> = {
  contract: new Set(`${words} ${processes}`.split(' ')),
  operation: new Set(words.split(' ')),
  event: new Set(words.split(' ')),
}

/** Gives a name that is fit, by the contracts' own rules. Throws `UsageError` without one, and `RefusedError` saying what to use instead. */
export function requireName(sort: Sort, name: string | undefined): string {
  if (name === undefined) throw new UsageError(`say which name the ${sort} shall have`)
  if (taken[sort].has(name))
    throw new RefusedError(`"${name}" is taken here already, by a process or by a word of the code: choose another`)
  try {
    defineContract({
      name: sort === 'contract' ? name : 'any',
      version: 1,
      operations: { [sort === 'operation' ? name : 'askAnything']: anOperation },
      events: { [sort === 'event' ? name : 'anythingHappened']: anEvent },
    })
    return name
  } catch (cause) {
    if (!(cause instanceof ContractRefusedError)) throw cause
    throw new RefusedError(cause.problems.map(({ problem, hint }) => `${problem}: ${hint}`).join('\n'), { cause })
  }
}
