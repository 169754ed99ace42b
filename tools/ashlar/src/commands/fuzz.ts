import type { AnyBoundOperation } from '@ashlar/contract'
import { allContracts } from '../all-contracts.ts'
import { RefusedError, textOption, UsageError, type Command, type Request } from '../command.ts'
import { isThere } from '../files/absent-as.ts'
import { findContract } from '../find-contract.ts'
import type { Face } from '../fuzz/face.ts'
import type { Tried } from '../fuzz/fuzz-contract.ts'
import { keysFolder } from '../keys-folder.ts'
import { counted } from '../terminal/counted.ts'
import { wholeNumber } from '../whole-number.ts'

const shownFailures = 5

/** Tries a running service with inputs made from its contract. */
export const fuzz: Command = {
  words: ['fuzz'],
  parameters: '<contract> <url> [--face rpc|rest] [--seed <text>] [--runs <n>] [--as <service|customer>]',
  takes: 'many',
  summary: 'try a running service with valid, odd and wrong inputs made from its contract; it really does what it is asked',
  options: {
    face: { kind: 'string', help: 'rpc: a service at its own port, unless said; rest: the gateway' },
    seed: { kind: 'string', help: 'what the inputs are made from; 1 unless said' },
    runs: { kind: 'string', help: 'valid inputs by chance for each operation, besides those at the edges; 25 unless said' },
    as: { kind: 'string', help: 'who asks: a service, or customer; whom each operation is for unless said' },
    given: { kind: 'string', help: 'values that mean something to the service, as sku=TEA-OOLONG,country=GB: half of the runs have them' },
    keys: { kind: 'string', help: 'where the shop keeps its keys; .ashlar/keys unless said' },
  },
  async run(request) {
    const contract = findContract(await allContracts(), request.parameters[0])
    const url = addressIn(request)
    const seed = textOption(request, 'seed') ?? '1'
    const runs = wholeNumber(request, 'runs', { least: 0, most: 100_000, otherwise: 25 })
    // only here: what makes values is not there where the shop is deployed, and this command line is
    const { fuzzContract } = await import('../fuzz/fuzz-contract.ts')
    const face = await faceIn(request)
    request.print(`${contract.id} at ${url.origin}, ${face.name} face, seed ${seed}`)
    const keys = await keysIn(request)
    const as = textOption(request, 'as')
    if (face.name === 'rest' && as !== undefined && as !== 'customer') throw new UsageError('at the gateway only a customer asks')
    const given = givenIn(request)
    await requireSomebody(url)
    const onOperation = (one: Tried): void => request.print(rowOf(one))
    const tried = await fuzzContract({ contract, url, face, seed, runs, given, as, keys, onOperation })
    for (const { kind, name } of Object.values<AnyBoundOperation>(contract.operations))
      if (kind === 'subscription') request.print(`  – ${name.padEnd(20)} a subscription: not tried`)
    if (tried.length === 0) throw new RefusedError(`${contract.id} has no operation that can be asked at this face`)
    conclude(request, { tried, seed })
  },
}

function addressIn({ parameters: [, text, surplus] }: Request): URL {
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many`)
  const url = text === undefined ? null : URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new UsageError(text === undefined ? 'say where it runs, as http://host:port' : `"${text}" is no address as http://host:port`)
}

async function faceIn(request: Request): Promise<Face> {
  const named = textOption(request, 'face') ?? 'rpc'
  if (named === 'rpc') return (await import('../fuzz/rpc-face.ts')).rpcFace
  if (named === 'rest') return (await import('../fuzz/rest-face.ts')).restFace
  throw new UsageError(`there is no face "${named}": rpc or rest`)
}

/** One word instead of a fault for every request. */
async function requireSomebody(url: URL): Promise<void> {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(5_000) })).text()
  } catch (cause) {
    throw new RefusedError(`nothing answers at ${url.origin}`, { cause })
  }
}

function givenIn(request: Request): ReadonlyMap<string, string> {
  const pairs = (textOption(request, 'given') ?? '').split(',').filter((pair) => pair !== '')
  return new Map(
    pairs.map((pair) => {
      const [, name, value] = /^(\w+)=(.+)$/.exec(pair) ?? []
      if (name === undefined || value === undefined) throw new UsageError(`--given takes pairs as sku=TEA-OOLONG, not "${pair}"`)
      return [name, value]
    }),
  )
}

/** A mock has no keys and asks for none. */
async function keysIn(request: Request): Promise<string | undefined> {
  const named = textOption(request, 'keys')
  const keys = named ?? keysFolder
  if (await isThere(keys)) return keys
  if (named !== undefined) throw new RefusedError(`there is no folder ${named}`)
  request.print(`there are no keys in ${keys}: nobody is proved to be who they are`)
  return undefined
}

function rowOf({ operation, valid, wrong, outcomes, failures }: Tried): string {
  const ends = [...outcomes].toSorted(([, one], [, other]) => other - one).map(([outcome, times]) => `${outcome} ${times}`)
  const sign = failures.length === 0 ? '✓' : '✗'
  return `  ${sign} ${operation.name.padEnd(20)} ${String(valid).padStart(4)} valid ${String(wrong).padStart(4)} wrong   ${ends.join(' · ')}`
}

function conclude({ print }: Request, { tried, seed }: { tried: readonly Tried[]; seed: string }): void {
  const requests = tried.reduce((sum, { valid, wrong }) => sum + valid + wrong, 0)
  const failures = tried.flatMap((one) => one.failures)
  for (const { operation, failures: found } of tried.filter((one) => one.failures.length > 0)) {
    print(`\n${operation.address}`)
    for (const { about, fault, curl } of found.slice(0, shownFailures)) print(`  ${about}\n    ${fault}\n    ${curl}`)
    if (found.length > shownFailures) print(`  and ${found.length - shownFailures} more`)
  }
  const summary = `${counted(requests, 'request')} to ${counted(tried.length, 'operation')}`
  if (failures.length > 0) throw new RefusedError(`\n${summary}: ${counted(failures.length, 'failure')}; seed ${seed} repeats them`)
  print(`${summary}: every answer keeps the contract`)
}
