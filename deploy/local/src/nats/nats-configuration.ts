/** Who may connect to the broker, and what for. Without permissions: everything, as operators do. */
export interface BrokerUser {
  readonly name: string
  readonly permissions?: BrokerPermissions | undefined
}

/** Subject patterns; what is not allowed is forbidden (`natsPermissions` of `@ashlar/messaging` makes a service's). */
export interface BrokerPermissions {
  readonly publish: { readonly allow: readonly string[]; readonly deny: readonly string[] }
  readonly subscribe: { readonly allow: readonly string[] }
}

interface Wanted {
  readonly port: number
  readonly store: string
  /** None: the broker is open to whoever reaches the port. */
  readonly users: readonly (BrokerUser & { readonly password: string })[]
}

/** Writes nats-server's configuration. It holds the passwords: for a file that only this user reads. */
export function natsConfiguration({ port, store, users }: Wanted): string {
  return `# Written at every start.
host: 127.0.0.1
port: ${port}
max_payload: 1MB
jetstream {
  store_dir: ${JSON.stringify(store)}
  max_memory_store: 64MB
  max_file_store: 10GB
}
${users.length === 0 ? '' : `authorization {\n  users: [\n${users.map(userLine).join('')}  ]\n}\n`}`
}

// The configuration's quoted strings and lists are written as in JSON.
function userLine({ name, password, permissions }: Wanted['users'][number]): string {
  const rights = permissions === undefined ? '' : `, permissions: ${JSON.stringify(permissions)}`
  return `    { user: ${JSON.stringify(name)}, password: ${JSON.stringify(password)}${rights} }\n`
}
