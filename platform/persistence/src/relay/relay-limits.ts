/** How many messages are sent at once, and how many are read ahead with them. */
export const relayLimits = { onTheWay: 64, held: 256 } as const
