/** Names a durable consumer: the service and what it consumes for, as words a broker accepts. */
export function consumerName(service: string, purpose: string): string {
  return `${service}__${purpose.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}`
}
