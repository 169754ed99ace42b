import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readTopology, removePostgresFolder } from '@deploy/local'
import { copyOfCheckout } from '@tools/ashlar/copy-of-checkout'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { repository } from '../harness/shop.ts'
import { readWalk, type Block } from '../observability/read-walk.ts'
import { runBlock } from '../observability/run-block.ts'
import { devIn } from './dev-in.ts'
import { ownPortBase } from './own-port-base.ts'

const patienceMs = 45_000
const { root, ...copy } = await copyOfCheckout(repository)
afterAll(async () => {
  await removePostgresFolder(join(root, '.ashlar'))
  await copy[Symbol.asyncDispose]()
})
const environment = { ...process.env, ASHLAR_PORT_BASE: String(await ownPortBase()), NO_COLOR: '1', FORCE_COLOR: undefined }
const dev = await devIn(root, environment)
afterAll(() => dev[Symbol.asyncDispose]())
beforeEach(({ onTestFailed }) => onTestFailed(() => console.error(dev.lines.slice(-20).join('\n'))))

const { gatewayUrl } = await readTopology(join(root, '.ashlar'))
const blocks = readWalk(await readFile(join(root, 'docs', 'adding-a-service.md'), 'utf8'))

/** What the other terminal tells, and the page can only give an example of. */
async function told(name: string): Promise<string> {
  if (name === 'SHOP') return gatewayUrl
  return vi.waitUntil(() => addressIn(dev.lines, name.toLowerCase()), { timeout: 60_000, interval: 100 })
}

function addressIn(lines: readonly string[], service: string): string | undefined {
  const ready = lines.findLast((line) => line.startsWith(`${service} `) && line.includes(' ready host='))
  const [, host, port] = / ready host=(\S+) port=(\d+)/.exec(ready ?? '') ?? []
  return port === undefined ? undefined : `http://${host}:${port}`
}

let variables: Readonly<Record<string, string>> = {}

/** Types what a block says until it answers as is shown, since what was written just now may not run yet; gives the last answer. */
async function answerTo({ commands, shown }: Block): Promise<string> {
  const [, name] = /^([A-Z]+)=http:\S+$/.exec(commands) ?? []
  if (name !== undefined) {
    variables = { ...variables, [name]: await told(name) }
    return ''
  }
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const ran = await runBlock(commands, { variables, environment, root, patienceMs: 400_000 }).catch((error: Error) => error)
    if (!(ran instanceof Error) && shown.test(ran.output)) {
      variables = ran.variables
      return ran.output
    }
    if (performance.now() > giveUpAt) return ran instanceof Error ? ran.message : ran.output
    await pause(500)
  }
}

describe('docs/adding-a-service.md', () => {
  it.each(blocks.map((block) => [block.commands.split('\n')[0], block] as const))('%s', async (_title, block) => {
    expect(await answerTo(block)).toMatch(block.shown)
  })
})
