import { createIdentity, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'
import { startSide, type ChildSide } from '../child-side.ts'
import type { KeyFiles } from '../make-keys.ts'
import { requestTo } from '../rpc/wire-of.ts'

/** Those on the other end of a side that is measured alone. They never sleep while they are needed. */
export interface BusySides extends AsyncDisposable {
  readonly rawPort: number
  /** Asks a server as fast as it answers; the first answer must be a good one, and all others the same. */
  ask(port: number, calls: number): Promise<number[]>
  /** Has calls made to whoever does nothing but answer. */
  answering<Result>(calls: () => Promise<Result>): Promise<Result>
}

// enough to keep a side busy
export const atOnce = 32

/** Starts them. */
export async function startBusySides(keys: KeyFiles): Promise<BusySides> {
  await using started = new AsyncDisposableStack()
  const begin = (main: URL): ChildSide => started.use(startSide(main, { nodeArguments: [], environment: {} }))
  const [load, raw] = [begin(new URL('../rpc/load.main.ts', import.meta.url)), begin(new URL('raw.main.ts', import.meta.url))]
  const identity = await callerOf(keys)
  const rawPort = await raw.ask<number>('port')
  const checked = new Set<number>()
  const kept = started.move()

  async function check(port: number, request: string): Promise<void> {
    const { status, body } = await load.ask<{ status: number; body: string }>('check', { port, request })
    if (status !== 200) throw new Error(`the answer is not what was asked for: ${status} with ${body}`)
    checked.add(port)
  }

  return {
    rawPort,
    async ask(port, calls) {
      const request = requestWith(await identity.tokenFor('catalogue'))
      if (!checked.has(port)) await check(port, request)
      return load.ask<number[]>('calls', { port, request, calls, atOnce })
    },
    async answering(calls) {
      await raw.ask('begin')
      try {
        return await calls()
      } finally {
        await raw.ask('end')
      }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

async function callerOf(keys: KeyFiles): Promise<Identity> {
  const [signingKey, publicKeys] = await Promise.all([readSigningKey(keys.orders), readPublicKeys(keys.all)])
  return createIdentity({ name: 'orders', signingKey, publicKeys })
}

/** What our client sends. A token lives for a minute, less than the benchmark. */
function requestWith(token: string): string {
  return requestTo('ours').replace('\r\n', `\r\nauthorization: Bearer ${token}\r\n`)
}
