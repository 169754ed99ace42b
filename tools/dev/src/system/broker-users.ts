import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { natsOperator, natsPermissions } from '@ashlar/messaging'
import type { BrokerUser } from '@deploy/local'

const contracts = '@contracts/'

/**
 * Gives the broker's users: one for each service of a repository, with what it needs and no more, and the operator. A
 * service may send commands to the contracts its package.json names, and is replied to by their services; it may hear
 * them through one consumer for each file in its `src/reactions`.
 */
export function brokerUsers(root: string, services: readonly string[]): BrokerUser[] {
  const homes = services.map((name) => ({ name, home: join(root, 'services', name) }))
  const known = homes.map(({ name, home }) => ({ name, reactions: reactionsOf(home), uses: contractsUsed(home) }))
  const users = known.map(({ name, reactions, uses }) => {
    const usedBy = known.flatMap((other) => (other.uses.includes(name) ? [other.name] : []))
    return { name, permissions: natsPermissions({ service: name, uses, usedBy, reactions }) }
  })
  return [...users, { name: natsOperator }]
}

function contractsUsed(home: string): string[] {
  const file = join(home, 'package.json')
  if (!existsSync(file)) return []
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> }
  return Object.keys(dependencies).flatMap((name) => (name.startsWith(contracts) ? [name.slice(contracts.length)] : []))
}

// A reaction's file, its function and its consumer share their name.
function reactionsOf(home: string): string[] {
  const folder = join(home, 'src', 'reactions')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((file) => (/^on-[\w-]+\.ts$/.test(file) ? [basename(file, '.ts')] : []))
}
