import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needTool, ownFolder } from '@deploy/local/testing'
import { describe, expect, it } from 'vitest'
import { repository } from '../harness/shop.ts'
import { serveStates } from './foreign/serve-states.ts'
import type { HeldShop } from './held-shop.ts'

const run = promisify(execFile)
const verifier = join(repository, 'node_modules', '.bin', 'pact-verifier')

/** Our pacts in others' hands, and theirs in ours. */
export function foreign(held: HeldShop): void {
  describe('a pact written here', () => {
    it('is an ordinary one: the verifier of Pact’s own command line holds our catalogue to it', async () => {
      await using states = await serveStates(held.states)
      const { hostname, port } = new URL(held.shop.addressOf('catalogue'))
      const token = await held.tokenOf('orders', 'catalogue')
      const at = ['--hostname', hostname, '--port', port, '--provider-name', 'catalogue', '--header', `Authorization=Bearer ${token}`]
      const pact = join(repository, 'contracts', 'catalogue', 'pacts', 'orders.json')
      const { stdout } = await run(verifier, ['--file', pact, ...at, '--state-change-url', states.url, '--no-colour'])
      expect(states.failed).toEqual([])
      expect(stdout).toContain('Verifying a pact between orders and catalogue')
      expect(stdout).toContain('priceLines: a product that nobody sells')
    })

    it('is refused by that verifier too, where the provider does not keep it', async () => {
      await using states = await serveStates(held.states)
      const { hostname, port } = new URL(held.shop.addressOf('shipping'))
      const pact = join(repository, 'contracts', 'catalogue', 'pacts', 'orders.json')
      const at = ['--hostname', hostname, '--port', port, '--provider-name', 'catalogue']
      const failed = run(verifier, ['--file', pact, ...at, '--state-change-url', states.url, '--no-colour'])
      await expect(failed).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('expected 200 but was 404') as string })
    })
  })

  describe('a pact that a Python team writes', () => {
    it('holds our users service as any other', async (context) => {
      const python = await needTool(context, 'pact-python')
      const folder = await ownFolder()
      await run(python.file, [join(import.meta.dirname, 'foreign', 'write-pact.py'), folder])
      const { replayed, problems } = await held.hold('users', { pactFiles: [join(folder, 'backoffice-users.json')] })
      expect(problems).toEqual([])
      expect(replayed).toEqual([
        { consumer: 'backoffice', description: 'signIn: a wrong password', broken: [] },
        { consumer: 'backoffice', description: 'signIn: the right password', broken: [] },
      ])
    })
  })
}
