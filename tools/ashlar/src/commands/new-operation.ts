import { join } from 'node:path'
import { called } from '../command-line.ts'
import { RefusedError, type Command } from '../command.ts'
import { isThere } from '../files/absent-as.ts'
import { carryOut } from '../scaffold/carry-out.ts'
import type { Changes } from '../scaffold/changes.ts'
import { withOperation } from '../scaffold/edits/contract-index.ts'
import { withHandler } from '../scaffold/edits/service-table.ts'
import { handlerFiles, operationFile, type OperationNames } from '../scaffold/files/operation.ts'
import { fileIn, namesOf } from '../scaffold/read-checkout.ts'
import { requireName } from '../scaffold/require-name.ts'

/** Adds an operation to a contract, and to the service that keeps it. */
export function newOperationIn(root: string): Command {
  return {
    words: ['new', 'operation'],
    parameters: '<contract> <name> [--query]',
    takes: 'many',
    summary: 'add an operation to a contract, with its handler and a test where a service keeps the contract',
    options: { query: { kind: 'boolean', help: 'it changes nothing and may be repeated freely; a mutation unless said' } },
    async run({ parameters, options, print }) {
      const [contract, given] = await namesOf(root, parameters)
      const names: OperationNames = {
        contract,
        name: requireName('operation', given),
        kind: options['query'] === true ? 'query' : 'mutation',
      }
      const changes = await changesFor(names, root)
      await carryOut(changes, { root, print })
      for (const line of nextSteps(names, changes)) print(line)
    },
  }
}

async function changesFor(names: OperationNames, root: string): Promise<Changes> {
  const { contract, name } = names
  const index = withOperation(await fileIn(root, `contracts/${contract}/index.ts`), name)
  const promise = { added: [operationFile(names)], edited: [index], contracts: [contract], packages: [] }
  const table = `services/${contract}/src/service.ts`
  if (!(await isThere(join(root, table)))) return promise
  const service = withHandler(await fileIn(root, table), name)
  return { ...promise, added: [...promise.added, ...handlerFiles(names)], edited: [service, index] }
}

function nextSteps({ contract, name }: OperationNames, { added }: Changes): string[] {
  const [promise, ...handler] = added
  if (promise === undefined) throw new RefusedError('nothing was written')
  return [
    '',
    `Say in ${promise.path} what goes in and comes out, who may ask, and by which path over HTTP (rest);`,
    ...(handler[0] === undefined ? [] : [`then keep it in ${handler[0].path}. Until then it answers with the id it was asked about.`]),
    `After each change of the promise: ${called} contracts emit. It is called as ${contract}.${name}.`,
  ]
}
