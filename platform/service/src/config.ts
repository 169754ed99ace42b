import { z } from '@ashlar/contract'

/** The configuration of a process is wrong; every problem is listed by the name of its variable. */
export class ConfigInvalidError extends Error {
  override readonly name = 'ConfigInvalidError'
  constructor(problems: readonly string[]) {
    super(['the environment is not complete:', ...problems.map((problem) => `  ${problem}`)].join('\n'))
  }
}

/**
 * Reads the environment through a schema whose keys are the variables' names. Throws `ConfigInvalidError` naming every
 * variable that is missing or wrong; values are never repeated in it, since they may be secrets. An empty variable counts as absent.
 */
export function readConfig<Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv = process.env): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const result = schema.safeParse(given, { reportInput: false })
  if (result.success) return result.data
  throw new ConfigInvalidError(
    result.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return name in given ? `${name} is wrong: ${issue.message}` : `${name} is missing`
    }),
  )
}

const addresses = {
  nats: z.string().refine((given) => given.split(',').every((one) => hasScheme(one.trim(), ['nats:', 'tls:'])), 'write nats://host:port'),
  registry: z
    .string()
    .refine((given) => hasScheme(given, ['http:', 'https:', 'file:']), 'write http://host:port (Consul) or file:///folder'),
  postgres: z
    .string()
    .refine((given) => hasScheme(given, ['postgres:', 'postgresql:']), 'write postgres://user:password@host:port/database'),
}

function hasScheme(given: string, schemes: readonly string[]): boolean {
  return schemes.includes(URL.parse(given)?.protocol ?? '')
}

/** Variables every process understands. Times are in milliseconds. */
export const processVariables = {
  /** Address to listen on and to be reached at. */
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free port, which the registry then announces. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  REGISTRY_URL: addresses.registry,
  PUBLIC_KEYS_FILE: z.string(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** How long a stopping instance keeps serving while callers learn that it is going. */
  DRAIN_PROPAGATION_MS: z.coerce.number().int().min(0).default(5_000),
  /** How long requests and messages in hand may take to finish after that. */
  DRAIN_GRACE_MS: z.coerce.number().int().min(0).default(3_000),
}

const platformVariables = { ...processVariables, NATS_URL: addresses.nats }

/** Who may call the open operations of a service at its own port without a token: nobody, unless said. */
const openCalls = z.enum(['vouched', 'anybody']).default('vouched')

type OwnVariables<Name extends string> = Record<`${Uppercase<Name>}_DATABASE_URL` | `${Uppercase<Name>}_KEY_FILE`, z.ZodString> &
  Record<`${Uppercase<Name>}_OPEN_CALLS`, typeof openCalls>

/** The variables of a process that serves these services: the common ones, and for each its database, its signing key, and who may call. */
export function platformConfig<const Name extends string>(...services: readonly Name[]): typeof platformVariables & OwnVariables<Name> {
  const own = services.flatMap((name) => [
    [`${name.toUpperCase()}_DATABASE_URL`, addresses.postgres],
    [`${name.toUpperCase()}_KEY_FILE`, z.string()],
    [`${name.toUpperCase()}_OPEN_CALLS`, openCalls],
  ])
  return { ...platformVariables, ...Object.fromEntries(own) }
}

export type PlatformConfig = z.output<z.ZodObject<typeof platformVariables>>

/** Gives one service's own variable out of a checked configuration. Throws `ConfigInvalidError` when the process was not configured for that service. */
export function ownVariable(config: PlatformConfig, service: string, what: 'DATABASE_URL' | 'KEY_FILE' | 'OPEN_CALLS'): string {
  const name = `${service.toUpperCase()}_${what}`
  const value = (config as unknown as Record<string, unknown>)[name]
  if (typeof value !== 'string') throw new ConfigInvalidError([`${name} is missing: list ${service} in platformConfig(…)`])
  return value
}
