import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

function startAs(version: string): { status: number | null; stderr: string } {
  const file = resolve(import.meta.dirname, 'require-node.mjs')
  const script = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); await import('${file}')`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
}

it.each(['20.20.2', '22.19.0', '24.11.1'])('sends Node %s away, saying where to get a newer one', (version) => {
  const { status, stderr } = startAs(version)
  expect(status).toBe(1)
  expect(stderr).toMatch(new RegExp(`^This is Node ${version}; Ashlar needs 24\\.12 or newer\\.[^]*npm ci`))
})

it.each(['24.12.0', '24.21.0', '26.0.0'])('lets Node %s in', (version) => {
  expect(startAs(version)).toMatchObject({ status: 0, stderr: '' })
})
