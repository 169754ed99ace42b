import { join } from 'node:path'
import { called } from '../command-line.ts'
import type { Command } from '../command.ts'
import { carryOut } from '../scaffold/carry-out.ts'
import { entityOf } from '../scaffold/entity.ts'
import { contractChanges } from '../scaffold/new-package.ts'
import { requireName } from '../scaffold/require-name.ts'
import { requireFree } from '../scaffold/stage.ts'

/** Adds a contract with one operation and one event, known to the gateway. */
export function newContractIn(root: string): Command {
  return {
    words: ['new', 'contract'],
    parameters: '<name>',
    takes: 'one',
    summary: 'add a contract with an operation and an event; new service adds who keeps it as well',
    options: {},
    async run({ parameters: [given], print }) {
      const name = requireName('contract', given)
      await requireFree(join(root, 'contracts', name), `there is a contract ${name} already`)
      await carryOut(await contractChanges(entityOf(name), root), { root, print })
      print('')
      print(`Say in contracts/${name}/operations what it promises; then ${called} contracts emit. The gateway lets people in to it`)
      print(`and answers 503 until a service keeps it: ${called} new service ${name}, while the contract is as it was written.`)
      print(`Commit what npm run test:contract records in contracts/${name}/pacts once there is one.`)
    },
  }
}
