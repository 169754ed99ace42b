import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { kebabCase, type AnyBoundOperation, type AnyContract, type BoundEvent } from '@ashlar/contract'
import { repository } from '../harness/shop.ts'

/**
 * Says, as `orders calls catalogue.priceLines`, who speaks with whom by what is declared: services let in by name, the gateway
 * wherever there is a route, reactions by their files. An operation's declared errors are conversations of their own. Subscriptions are none.
 */
export async function declaredConversations(contracts: readonly AnyContract[]): Promise<string[]> {
  const calls = contracts.flatMap(({ operations }) => Object.values<AnyBoundOperation>(operations).flatMap(callsOf))
  return [...calls, ...(await heardEvents(contracts))].toSorted()
}

function callsOf(operation: AnyBoundOperation): string[] {
  // a pact has no words for an event stream: what is told in one is held by its shape, and by tests of both sides
  if (operation.kind === 'subscription') return []
  const { access } = operation.policy
  const services = typeof access === 'object' && 'services' in access ? access.services : []
  const callers = [...services, ...(operation.rest !== undefined && services.length === 0 ? ['gateway'] : [])]
  const answers = ['', ...Object.keys(operation.errors).map((code) => ` and is told ${code}`)]
  return callers.flatMap((caller) => answers.map((answer) => `${caller} calls ${operation.contract}.${operation.name}${answer}`))
}

async function heardEvents(contracts: readonly AnyContract[]): Promise<string[]> {
  const services = readdirSync(join(repository, 'services'))
  const heard = await Promise.all(services.map((service) => heardBy(service, contracts)))
  return heard.flat()
}

async function heardBy(service: string, contracts: readonly AnyContract[]): Promise<string[]> {
  const home = join(repository, 'services', service)
  if (!existsSync(join(home, 'src', 'reactions'))) return []
  const { dependencies = {} } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { dependencies?: object }
  const reactions = readdirSync(join(home, 'src', 'reactions')).flatMap((file) => /^on-([\w-]+)\.ts$/.exec(file)?.[1] ?? [])
  const known = contracts.filter(({ name }) => name !== service && `@contracts/${name}` in dependencies)
  return reactions.map((reaction) => {
    const events = known.flatMap(({ events: all }) => Object.values<BoundEvent>(all)).filter(({ name }) => kebabCase(name) === reaction)
    const [event] = events
    if (event === undefined || events.length > 1) throw new Error(`it is not clear which event ${service} hears by on-${reaction}`)
    return `${service} hears ${event.contract}.${event.name}`
  })
}
