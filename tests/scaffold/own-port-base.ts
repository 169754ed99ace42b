import { isFree } from '@deploy/local'

/** Gives an `ASHLAR_PORT_BASE` whose ports are free now, away from those that checkouts use. */
export async function ownPortBase(): Promise<number> {
  const from = 20_000 + (process.pid % 80) * 100
  for (let base = from; base < 30_000; base += 100) {
    const free = await Promise.all(Array.from({ length: 100 }, (_, distance) => isFree(base + distance)))
    if (free.every(Boolean)) return base
  }
  throw new Error('there are no hundred free ports in a row')
}
