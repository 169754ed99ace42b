import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How large a set of contracts is. */
export interface Scale {
  readonly contracts: number
  readonly operationsEach: number
  /** Whether a declared error is left out where the answers are handled, which must not pass. */
  readonly wrongly?: boolean
}

/**
 * Writes a program as users write one, of any size: contracts, a service that keeps each, a typed client that calls every operation
 * and handles its answer, and one router type of them all, which tRPC's client calls.
 */
export async function writeProgram(
  folder: string,
  nodeModules: string,
  { contracts, operationsEach, wrongly = false }: Scale,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await symlink(nodeModules, join(folder, 'node_modules'))
  const write = (file: string, lines: readonly string[]) => writeFile(join(folder, file), `${lines.join('\n')}\n`)
  const numbers = Array.from({ length: contracts }, (_, number) => number)
  await Promise.all([
    write('package.json', ['{ "type": "module" }']),
    write('tsconfig.json', [JSON.stringify({ compilerOptions, files: ['all.ts'] })]),
    ...numbers.map((number) => write(`contract-${number}.ts`, contractText(number, operationsEach))),
    ...numbers.map((number) =>
      write(`use-${number}.ts`, useText(number, { operationsEach, handled: wrongly ? '' : ', thing_gone: () => ""' })),
    ),
    write('all.ts', allText(numbers)),
  ])
}

const compilerOptions = {
  module: 'nodenext',
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

function operationNames(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `findThing${number}`)
}

function contractText(number: number, count: number): string[] {
  const operations = operationNames(count).map(
    (name, at) => `    ${name}: ${at % 2 === 0 ? 'query' : 'mutation'}({
      input: z.strictObject({ thingId: z.uuid(), lines: z.array(z.strictObject({ sku: z.string().max(40), quantity: z.int().min(1) })), note: z.string().optional() }),
      output: z.object({ thing${at}: z.string(), price: z.object({ amountMinor: z.int(), currency: z.string() }), status: z.enum(['open', 'paid', 'sent']) }),
      errors: { thing_not_found: { status: 'NOT_FOUND', data: z.object({ thingId: z.uuid() }) }, thing_gone: { status: 'CONFLICT' } },
      policy: { access: { services: ['orders'] }${at % 2 === 0 ? '' : ", idempotency: 'key'"} },
    }),`,
  )
  const members = [`  name: 'things${number}',`, '  version: 1,', '  operations: {', ...operations, '  },']
  return [
    "import { defineContract, mutation, query, z, type ContractOf } from '@ashlar/contract'",
    `export const things = defineContract({`,
    ...members,
    '})',
    'export interface Things extends ContractOf<typeof things> {}',
  ]
}

function useText(number: number, { operationsEach: count, handled }: { operationsEach: number; handled: string }): string[] {
  const price = "price: { amountMinor: input.lines.length, currency: 'EUR' }"
  const handlers = operationNames(count).map(
    (name, at) => `  ${name}: async (input) =>
    input.note === undefined ? failed('thing_not_found', { thingId: input.thingId }) : { thing${at}: input.thingId, ${price}, status: 'open' as const },`,
  )
  const calls = operationNames(count).map(
    (name, at) => `export const call${at} = async (thingId: string): Promise<string> =>
  (await client.${name}({ thingId, lines: [{ sku: 'A', quantity: 1 }] })).match({ ok: ({ thing${at} }) => thing${at}, thing_not_found: (gone) => gone.thingId${handled} })`,
  )
  return [
    "import { failed } from '@ashlar/contract'",
    "import { createClient, implement, type Calling } from '@ashlar/rpc'",
    `import { things } from './contract-${number}.ts'`,
    'declare const calling: Calling',
    'const client = createClient(things, calling)',
    'export const kept = implement(things, {',
    ...handlers,
    '})',
    ...calls,
  ]
}

function allText(numbers: readonly number[]): string[] {
  return [
    "import type { GatewayRouter } from '@ashlar/contract'",
    "import { createTRPCClient } from '@trpc/client'",
    ...numbers.flatMap((number) => [
      `import type { Things as Things${number} } from './contract-${number}.ts'`,
      `import './use-${number}.ts'`,
    ]),
    `type Router = GatewayRouter<{ ${numbers.map((number) => `things${number}: Things${number}`).join('; ')} }>`,
    'const client = createTRPCClient<Router>({ links: [] })',
    ...numbers.map(
      (number) =>
        `export const first${number}: Promise<{ thing0: string }> = client.things${number}.findThing0.query({ thingId: '', lines: [] })`,
    ),
  ]
}
