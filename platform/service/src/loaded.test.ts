import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const telling = `
import { registerHooks } from 'node:module'
const packages = new Set()
registerHooks({
  load(url, context, next) {
    packages.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1])
    return next(url, context)
  },
})
await import('@observability/telemetry/start')
await import('@ashlar/service')
const nodes = process.moduleLoadList.filter((name) => name.includes('internal/deps/undici'))
console.log(JSON.stringify([...nodes, ...[...packages].filter((name) => name?.startsWith('@trpc/') || name?.startsWith('@opentelemetry/'))]))
process.exit()
`

// each of these is some 5 to 15 MB in every process: Node's own HTTP client comes with any import of 'node:http'
it('loads neither the HTTP client of Node, nor what only some processes need', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', telling], {
    cwd: import.meta.dirname,
    env: { ...process.env, OTEL_SDK_DISABLED: 'true' },
  })
  expect(JSON.parse(stdout)).toEqual(['@opentelemetry/api'])
})
