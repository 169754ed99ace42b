import { input, type output } from '../pricing.ts'
import type { SideSettings } from '../settings.ts'
import type { Caller } from './make-caller.ts'

/** Calls by the fetch that Node brings. */
export function makeFetch({ port = 0 }: SideSettings): Promise<Caller> {
  const url = `http://127.0.0.1:${port}/rpc/catalogue.v1/priceLines`
  const call = async () => {
    const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) })
    const { result } = (await reply.json()) as { result: { data: typeof output } }
    return result.data
  }
  return Promise.resolve({ call })
}
