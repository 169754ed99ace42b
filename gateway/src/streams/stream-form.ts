import { problemOf } from '@ashlar/service'
import type { Fault } from '../http/fault.ts'
import { wireFault } from '../trpc/wire-reply.ts'
import type { StreamEvent } from './read-events.ts'

/** How a stream is written for one kind of client. */
export interface StreamForm {
  readonly start: string
  item(item: StreamEvent): string
  /** Shows that the stream lives. */
  readonly sign: string
  /** There is nothing more. */
  readonly end: string
  fault(fault: Fault, traceId: string): string
}

/** How long a browser waits before it comes back, in milliseconds. */
const retryMs = 2_000

/** An event stream as anybody reads it (WHATWG HTML, server-sent events): each item is a message, with its id. */
export const plainForm: StreamForm = {
  start: `retry: ${retryMs}\n\n`,
  item: ({ data, id }) => written({ data, id }),
  sign: ':\n\n',
  end: written({ type: 'end', data: '{}' }),
  fault: (fault, traceId) => written({ type: 'problem', data: JSON.stringify(problemOf(fault, traceId)) }),
}

/** An event stream as tRPC's own client reads it. */
export function trpcForm(path: string): StreamForm {
  return {
    start: `retry: ${retryMs}\n${written({ type: 'connected', data: '{}' })}`,
    item: ({ data, id }) => written({ data, id }),
    sign: written({ type: 'ping', data: '' }),
    end: written({ type: 'return', data: '' }),
    fault: (fault) => {
      const { error } = JSON.parse(wireFault(fault, path).body.toString()) as { error: unknown }
      return written({ type: 'serialized-error', data: JSON.stringify(error) })
    },
  }
}

/** The data are JSON of one line. */
function written({ type, data, id }: { type?: string; data: string; id?: string | undefined }): string {
  return `${type === undefined ? '' : `event: ${type}\n`}${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`
}
