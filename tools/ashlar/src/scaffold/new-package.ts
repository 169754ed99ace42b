import type { Changes, File } from './changes.ts'
import { withContainer } from './edits/compose-file.ts'
import { withContract, withDependency } from './edits/gateway.ts'
import { withPackages } from './edits/package-lock.ts'
import type { Entity } from './entity.ts'
import { contractFiles } from './files/contract.ts'
import { firstOperationFiles } from './files/first-operation.ts'
import { pactFile } from './files/pact.ts'
import { serviceFiles } from './files/service.ts'
import { storeFiles } from './files/store.ts'
import { fileIn } from './read-checkout.ts'

/** Gives what a new contract needs: its package, and the gateway that lets people in to it. */
export async function contractChanges(entity: Entity, root: string): Promise<Changes> {
  const { service } = entity
  const added = contractFiles(entity)
  const gateway = withDependency(await fileIn(root, 'gateway/package.json'), `@contracts/${service}`)
  const lock = withPackages(await fileIn(root, 'package-lock.json'), [packageIn(added), gateway])
  const door = withContract(await fileIn(root, 'gateway/src/contracts.ts'), service)
  return {
    added: [...added, pactFile(entity)],
    edited: [lock, gateway, door],
    contracts: [service],
    packages: [`contracts/${service}`],
  }
}

/** Gives what a new service needs besides its contract: its package, and a container. */
export async function serviceChanges(entity: Entity, root: string): Promise<Changes> {
  const { service } = entity
  const added = [...storeFiles(entity), ...firstOperationFiles(entity), ...serviceFiles(entity)]
  const lock = withPackages(await fileIn(root, 'package-lock.json'), [packageIn(added)])
  const compose = withContainer(await fileIn(root, 'deploy/compose/compose.yaml'), service)
  return { added, edited: [lock, compose], contracts: [], packages: [`services/${service}`] }
}

/** Joins the changes of a contract and of the service that keeps it; both write the lock file. */
export function together(contract: Changes, service: Changes): Changes {
  const added = [...contract.added, ...service.added]
  const lock = contract.edited.find(isLock)
  const [newPackages, others] = [added.filter(isPackage), service.edited.filter((file) => !isLock(file))]
  return {
    added,
    edited: [
      ...(lock === undefined ? [] : [withPackages(lock, newPackages)]),
      ...others,
      ...contract.edited.filter((file) => !isLock(file)),
    ],
    contracts: contract.contracts,
    packages: [...contract.packages, ...service.packages],
  }
}

const isLock = ({ path }: File): boolean => path === 'package-lock.json'
const isPackage = ({ path }: File): boolean => path.endsWith('/package.json')

function packageIn(files: readonly File[]): File {
  const found = files.find(isPackage)
  if (found === undefined) throw new Error('a package has a package.json')
  return found
}
