import { called } from '../command-line.ts'
import type { Command } from '../command.ts'
import { carryOut } from '../scaffold/carry-out.ts'
import { withEvent } from '../scaffold/edits/contract-index.ts'
import { eventFile } from '../scaffold/files/event.ts'
import { fileIn, namesOf } from '../scaffold/read-checkout.ts'
import { requireName } from '../scaffold/require-name.ts'

/** Adds an event to a contract. */
export function newEventIn(root: string): Command {
  return {
    words: ['new', 'event'],
    parameters: '<contract> <name>',
    takes: 'many',
    summary: 'add an event to a contract',
    options: {},
    async run({ parameters, print }) {
      const [contract, given] = await namesOf(root, parameters)
      const name = requireName('event', given)
      const event = eventFile(contract, name)
      const index = withEvent(await fileIn(root, `contracts/${contract}/index.ts`), name)
      await carryOut({ added: [event], edited: [index], contracts: [contract], packages: [] }, { root, print })
      print('')
      print(`Say in ${event.path} what happened, and to what; then ${called} contracts emit.`)
      print(`The operation that announces it names it under emits, and its handler calls emit(${name}, { … }).`)
      print(`A service that wants to know has src/reactions/on-….ts, and @contracts/${contract} in its package.json.`)
    },
  }
}
