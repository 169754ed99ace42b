import { join } from 'node:path'
import { called } from '../command-line.ts'
import { RefusedError, type Command } from '../command.ts'
import { isThere } from '../files/absent-as.ts'
import { carryOut } from '../scaffold/carry-out.ts'
import type { Changes } from '../scaffold/changes.ts'
import { entityOf } from '../scaffold/entity.ts'
import { contractFiles } from '../scaffold/files/contract.ts'
import { contractChanges, serviceChanges, together } from '../scaffold/new-package.ts'
import { fileIn } from '../scaffold/read-checkout.ts'
import { requireName } from '../scaffold/require-name.ts'
import { requireFree } from '../scaffold/stage.ts'

/** Adds a service that keeps a contract of its own, complete: it runs as soon as it is there. */
export function newServiceIn(root: string): Command {
  return {
    words: ['new', 'service'],
    parameters: '<name>',
    takes: 'one',
    summary: 'add a service with its contract, database, tests and container; npm run dev starts it at once',
    options: {},
    async run({ parameters: [given], print }) {
      const name = requireName('contract', given)
      await requireFree(join(root, 'services', name), `there is a service ${name} already`)
      await carryOut(await changesFor(name, root), { root, print })
      print('')
      print(`npm run dev starts it when it runs, within seconds: database, streams, keys and all. POST /v1/${name} then answers.`)
      print(`Its tests: npm test -- --project unit services/${name}, then --project service. It has a container in deploy/compose.`)
      print(`Say in services/${name}/README.md and docs/architecture.md what it owns; ${called} new operation ${name} <name> adds to it.`)
      print(`npm run test:contract records what the gateway reads of it, in contracts/${name}/pacts: commit that too.`)
    },
  }
}

async function changesFor(name: string, root: string): Promise<Changes> {
  const entity = entityOf(name)
  const service = await serviceChanges(entity, root)
  if (!(await isThere(join(root, 'contracts', name)))) return together(await contractChanges(entity, root), service)
  for (const { path, text } of contractFiles(entity))
    if ((await fileIn(root, path)).text !== text)
      throw new RefusedError(`${path} is not as new contract wrote it: this service would not keep what it promises. Nothing was written`)
  return service
}
