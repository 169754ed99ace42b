import { Agent, type Dispatcher } from 'undici'

/** What a client has seen of a subscription. */
export interface Followed {
  readonly all: { id: string; data: unknown }[]
  /** Gives the next item, in turn. Rejects when the stream ends or fails before. */
  next(): Promise<unknown>
  /** Resolves when there is nothing more; rejects when it failed. */
  readonly over: Promise<void>
  leave(): void
}

interface Handlers {
  onData: (item: { id: string; data: unknown }) => void
  onError: (cause: unknown) => void
  onComplete: () => void
}

/** Follows a subscription and keeps what comes. */
export function followed(subscribe: (handlers: Handlers) => { unsubscribe(): void }): Followed {
  const all: Followed['all'] = []
  const ending = Promise.withResolvers<void>()
  ending.promise.catch(() => undefined)
  let given = 0
  let came = Promise.withResolvers<void>()
  const subscription = subscribe({
    onData: (item) => {
      all.push(item)
      came.resolve()
      came = Promise.withResolvers()
    },
    onError: ending.reject,
    onComplete: ending.resolve,
  })
  return {
    all,
    over: ending.promise,
    async next() {
      while (all.length <= given) {
        await Promise.race([came.promise, ending.promise.then(() => Promise.reject(new Error('the stream has ended')))])
      }
      given += 1
      return all[given - 1]
    },
    leave: () => subscription.unsubscribe(),
  }
}

/** Sends every request as somebody: an `EventSource` takes no headers. */
export function dispatcherAs(who: string): Dispatcher {
  return new Agent().compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string> | undefined), authorization: `Bearer ${who}` }
    return dispatch({ ...options, headers }, handler)
  })
}
