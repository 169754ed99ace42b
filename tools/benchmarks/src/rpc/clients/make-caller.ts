import type { SideSettings } from '../settings.ts'
import type { output } from '../pricing.ts'
import type { ClientName } from './client-names.ts'

type Output = typeof output

/** Makes one call and gives its answer; `unread` where a client leaves it to others. */
export type CallOnce = () => Promise<Output | 'unread'>

export interface Caller {
  readonly call: CallOnce
  readonly telemetry?: { close(): Promise<void> } | undefined
}

// each process loads its own library only
const callers: Readonly<Record<Exclude<ClientName, 'load'>, (settings: SideSettings) => Promise<Caller>>> = {
  ours: async (settings) => (await import('./ours.ts')).makeOurs(settings),
  link: async (settings) => (await import('./ours.ts')).makeLink(settings),
  dispatch: async (settings) => (await import('./dispatch.ts')).makeDispatch(settings),
  bytes: async (settings) => (await import('./dispatch.ts')).makeBytes(settings),
  'http-link': async (settings) => (await import('./trpc.ts')).makeHttpLink(settings),
  'http-batch-link': async (settings) => (await import('./trpc.ts')).makeHttpBatchLink(settings),
  fetch: async (settings) => (await import('./fetch.ts')).makeFetch(settings),
}

/** Makes what calls in this process. */
export function makeCaller(settings: SideSettings): Promise<Caller> {
  if (settings.client === 'load') throw new TypeError('load is made by a process of its own')
  return callers[settings.client](settings)
}
