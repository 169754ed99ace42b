import { join } from 'node:path'
import { cardLedgerIn, type KeyFiles } from '@deploy/local'

/** What the processes of one system have in common. */
export interface Surroundings {
  readonly root: string
  readonly folder: string
  /** The broker's address for each service, with its password. */
  readonly natsUrls: ReadonlyMap<string, string>
  readonly registryUrl: string
  readonly cardProviderUrl: string
  readonly keys: KeyFiles
  /** Set for every process, over what is set here. */
  readonly extra: Readonly<Record<string, string>>
}

type Environment = Readonly<Record<string, string>>

/** The environment of a service. It is given its own key, its own database, its own broker user, and nobody else's. */
export function serviceEnvironment(name: string, databaseUrl: string, around: Surroundings): Environment {
  const prefix = name.toUpperCase().replaceAll('-', '_')
  const own = { [`${prefix}_DATABASE_URL`]: databaseUrl, [`${prefix}_KEY_FILE`]: around.keys.keyFileOf(name) }
  return { ...common(around), NATS_URL: around.natsUrls.get(name) ?? '', ...own, ...particulars(name, around), ...around.extra }
}

/** The environment of the gateway. */
export function gatewayEnvironment(port: number, around: Surroundings): Environment {
  return { ...common(around), PORT: String(port), GATEWAY_KEY_FILE: around.keys.keyFileOf('gateway'), ...around.extra }
}

/** The environment of the card provider, which knows nothing of the shop. */
export function cardProviderEnvironment(port: number, around: Pick<Surroundings, 'root' | 'folder' | 'extra'>): Environment {
  const ledger = { CARD_PROVIDER_LEDGER_FILE: cardLedgerIn(around.folder) }
  return { ...bare(around.root), CARD_PROVIDER_PORT: String(port), ...ledger, ...around.extra }
}

function common({ root, registryUrl, keys }: Surroundings): Environment {
  return {
    ...bare(root),
    HOST: '127.0.0.1',
    PORT: '0',
    REGISTRY_URL: registryUrl,
    PUBLIC_KEYS_FILE: keys.publicKeysFile,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
    // Nobody here needs time to hear that an instance leaves; what is in hand is given a second and a half.
    DRAIN_PROPAGATION_MS: '0',
    DRAIN_GRACE_MS: '1500',
  }
}

function bare(root: string): Environment {
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'ashlar'),
    FORCE_COLOR: '0',
    // glibc keeps freed memory in an arena for each thread: one arena saves 10 to 50 MB a process
    MALLOC_ARENA_MAX: '1',
  }
}

function particulars(name: string, { folder, cardProviderUrl, keys }: Surroundings): Environment {
  if (name === 'payments') return { PAYMENTS_CARD_PROVIDER_URL: cardProviderUrl }
  if (name === 'users') return { USERS_ACCESS_KEYS_FILE: keys.accessKeysFile }
  if (name === 'notifications') return { NOTIFICATIONS_MAIL_DIR: join(folder, 'mail') }
  return {}
}
