import type { AnyContract } from '@ashlar/contract'
import { openApiOf } from '@ashlar/contract-artifacts'
import { followContract } from './follow-contract.ts'
import type { Generated } from './write-or-check.ts'

const about = { title: 'The shop', version: '1', description: 'What the shop promises over HTTP; written from its contracts.' }

/** Gives every file that follows from the contracts of a repository: of each one its own, and the document the gateway serves. */
export async function followContracts(contracts: readonly AnyContract[], root: string): Promise<Generated> {
  const followed = await Promise.all(contracts.map((contract) => followContract(contract, root)))
  const gateways = { path: 'gateway/generated/openapi.json', text: `${JSON.stringify(openApiOf(contracts, about), undefined, 2)}\n` }
  return {
    files: [...followed.flat(), gateways],
    folders: [...new Set(contracts.map(({ name }) => `contracts/${name}/generated`)), 'gateway/generated'],
  }
}
