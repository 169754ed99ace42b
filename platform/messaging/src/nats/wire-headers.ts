import { headers, type MsgHdrs } from '@nats-io/transport-node'

/** Writes headers in the client's form. */
export function toWire(given: Readonly<Record<string, string>>): MsgHdrs {
  const wire = headers()
  for (const [name, value] of Object.entries(given)) wire.set(name, value)
  return wire
}

/** Reads headers back, by lower-case name; of a repeated one the last value. */
export function fromWire(wire: MsgHdrs | undefined): Record<string, string> {
  return Object.fromEntries([...(wire ?? [])].map(([name, values]) => [name.toLowerCase(), values.at(-1) ?? '']))
}
