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
  /** Where spans and lines are sent: a collector's, or the supervisor's. */
  readonly otlpUrl: string
  readonly keys: KeyFiles
  /** The environment of whoever started the system, of which each process is given its own part; see `inheritedBy`. */
  readonly inherited: NodeJS.ProcessEnv
  /** Set for every process, over what is set here. */
  readonly extra: Readonly<Record<string, string>>
}

type Environment = Readonly<Record<string, string>>

/** The environment of a service. It is given its own key, its own database, its own broker user, and nobody else's. */
export function serviceEnvironment(name: string, databaseUrl: string, around: Surroundings): Environment {
  const prefix = prefixOf(name)
  const own = { [`${prefix}DATABASE_URL`]: databaseUrl, [`${prefix}KEY_FILE`]: around.keys.keyFileOf(name) }
  return { ...common(name, around), NATS_URL: around.natsUrls.get(name) ?? '', ...own, ...particulars(name, around), ...around.extra }
}

/** The environment of the gateway. */
export function gatewayEnvironment(port: number, around: Surroundings): Environment {
  // whoever develops wants to see what travels between services as well, unless they say otherwise
  const shown = { GATEWAY_INTERNAL_DOCS: 'on' }
  const own = { PORT: String(port), GATEWAY_KEY_FILE: around.keys.keyFileOf('gateway') }
  return { ...shown, ...common('gateway', around), ...own, ...around.extra }
}

/** The environment of the card provider, which knows nothing of the shop. */
export function cardProviderEnvironment(
  port: number,
  around: Pick<Surroundings, 'root' | 'folder' | 'otlpUrl' | 'inherited' | 'extra'>,
): Environment {
  const ledger = { CARD_PROVIDER_LEDGER_FILE: cardLedgerIn(around.folder) }
  return { ...bare('card-provider', around), CARD_PROVIDER_PORT: String(port), ...ledger, ...around.extra }
}

function common(name: string, around: Surroundings): Environment {
  return {
    // Nobody here needs time to hear that an instance leaves; what is in hand is given a second and a half.
    DRAIN_PROPAGATION_MS: '0',
    DRAIN_GRACE_MS: '1500',
    ...bare(name, around),
    HOST: '127.0.0.1',
    PORT: '0',
    REGISTRY_URL: around.registryUrl,
    PUBLIC_KEYS_FILE: around.keys.publicKeysFile,
  }
}

function bare(name: string, { root, otlpUrl, inherited }: Pick<Surroundings, 'root' | 'otlpUrl' | 'inherited'>): Environment {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
    ...inheritedBy(name, inherited),
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'ashlar'),
    FORCE_COLOR: '0',
    // glibc keeps freed memory in an arena for each thread: one arena saves 10 to 50 MB a process
    MALLOC_ARENA_MAX: '1',
    // ... and what it frees at the end of that arena only above a bound that grows: a fixed one gives back what starting took
    MALLOC_TRIM_THRESHOLD_: '131072',
  }
}

/** Variables that every process understands alike. */
const shared = /^(?:LOG_LEVEL|DRAIN_PROPAGATION_MS|DRAIN_GRACE_MS|OTEL_.+)$/

/**
 * Picks what a process is given of its starter's environment: the variables with its own name in front (`GATEWAY_…`) and
 * the shared ones. Nothing else gets in, so that a process runs alike wherever it is started, and knows no one's secrets.
 */
function inheritedBy(name: string, environment: NodeJS.ProcessEnv): Environment {
  const prefix = prefixOf(name)
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && (entry[0].startsWith(prefix) || shared.test(entry[0])),
    ),
  )
}

function prefixOf(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_`
}

function particulars(name: string, { folder, cardProviderUrl, keys }: Surroundings): Environment {
  if (name === 'payments') return { PAYMENTS_CARD_PROVIDER_URL: cardProviderUrl }
  if (name === 'users') return { USERS_ACCESS_KEYS_FILE: keys.accessKeysFile }
  if (name === 'notifications') return { NOTIFICATIONS_MAIL_DIR: join(folder, 'mail') }
  return {}
}
