/** Gives a message's headers without the broker's own: copied onto another message those would act on it. */
export function ownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isReserved(name)))
}

/** Throws when a message to be sent bears headers that only the broker and its adapter may set. */
export function refuseReservedHeaders(headers: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(headers).find(isReserved)
  if (reserved !== undefined) throw new TypeError(`the header ${reserved} belongs to the broker`)
}

function isReserved(name: string): boolean {
  return name.toLowerCase().startsWith('nats-')
}
