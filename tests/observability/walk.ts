import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { repository } from '../harness/shop.ts'
import { patiently } from './ask-stack.ts'
import { readWalk } from './read-walk.ts'
import { runBlock } from './run-block.ts'
import type { Seen } from './seen-shop.ts'

const page = await readFile(join(repository, 'docs', 'observability.md'), 'utf8')
const [addresses, ...blocks] = readWalk(page)

/** What docs/observability.md tells people to type, typed in its order. */
export function walk({ shop, stack }: Seen): void {
  const { prometheusUrl, lokiUrl, jaegerUrl } = stack.addresses
  const here = { SHOP: shop.url, PROMETHEUS: prometheusUrl, LOKI: lokiUrl, JAEGER: jaegerUrl }
  // The command line asks the stack of this checkout, unless it is told of another.
  const environment = { ...process.env, JAEGER_URL: jaegerUrl, NO_COLOR: '1' }

  describe('docs/observability.md', () => {
    let variables: Readonly<Record<string, string>> = {}

    it('says where everything is before it asks', async () => {
      const named = await runBlock(addresses!.commands, { variables, environment })
      expect(Object.keys(named.variables)).toEqual(Object.keys(here))
      variables = here
    })

    it.each(blocks.map((block) => [block.commands.split('\n')[0], block] as const))('%s', async (_title, { commands, shown }) => {
      // What has just happened may not have been sent or collected yet.
      await vi.waitFor(async () => {
        const ran = await runBlock(commands, { variables, environment })
        expect(ran.output).toMatch(shown)
        variables = ran.variables
      }, patiently)
    })
  })
}
