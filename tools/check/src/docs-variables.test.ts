import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')
const sources = globSync(['platform/service/src/config.ts', 'services/*/src/config.ts', 'gateway/src/config.ts'], { cwd: root })
const declared = sources.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:^ +|[{,] )([A-Z]+(?:_[A-Z]+)*): /gm)].map(([, name = '']) => name),
)

it('explains every environment variable that a process reads', () => {
  expect(declared).toEqual(expect.arrayContaining(['PORT', 'NATS_URL', 'GATEWAY_RATE_LIMITS', 'SHIPPING_SERVED_COUNTRIES']))
  expect(declared.filter((name) => !page.includes(`| \`${name}\``))).toEqual([])
})

it('explains none that no process reads', () => {
  const own = [...page.matchAll(/^\| `((?:GATEWAY|USERS|PAYMENTS|SHIPPING|NOTIFICATIONS|DRAIN)_[A-Z_]+)`/gm)].map(([, name = '']) => name)
  expect(own.filter((name) => !declared.includes(name))).toEqual([])
})
