import { openApiOf } from '@ashlar/contract-artifacts'
import { allContracts } from '../all-contracts.ts'
import type { Command } from '../command.ts'
import { followContract } from '../generated/follow-contract.ts'
import { repositoryRoot, writeOrCheck } from '../generated/write-or-check.ts'

/** Writes what follows from the contracts, or with `--check` says whether it is up to date. */
export const contractsEmit: Command = {
  words: ['contracts', 'emit'],
  parameters: '[--check]',
  takes: 'none',
  summary: 'write what follows from each contract, and the OpenAPI document the gateway serves',
  options: { check: { kind: 'boolean', help: 'write nothing; fail, naming each file, when what is committed is not up to date' } },
  async run({ options, print }) {
    const contracts = await allContracts()
    const followed = await Promise.all(contracts.map((contract) => followContract(contract, repositoryRoot)))
    const gateways = { path: 'gateway/generated/openapi.json', text: `${JSON.stringify(openApiOf(contracts, about), undefined, 2)}\n` }
    await writeOrCheck(
      {
        files: [...followed.flat(), gateways],
        folders: [...new Set(contracts.map(({ name }) => `contracts/${name}/generated`)), 'gateway/generated'],
      },
      {
        root: repositoryRoot,
        mode: options['check'] === true ? 'check' : 'write',
        command: 'npm run ashlar -- contracts emit',
        print,
      },
    )
  },
}

const about = { title: 'The shop', version: '1', description: 'What the shop promises over HTTP; written from its contracts.' }
