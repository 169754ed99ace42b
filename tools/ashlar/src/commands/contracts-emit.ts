import { allContracts } from '../all-contracts.ts'
import type { Command } from '../command.ts'
import { followContracts } from '../generated/follow-contracts.ts'
import { repositoryRoot, writeOrCheck } from '../generated/write-or-check.ts'

/** Writes what follows from the contracts, or with `--check` says whether it is up to date. */
export const contractsEmit: Command = {
  words: ['contracts', 'emit'],
  parameters: '[--check]',
  takes: 'none',
  summary: 'write what follows from each contract, and the OpenAPI document the gateway serves',
  options: { check: { kind: 'boolean', help: 'write nothing; fail, naming each file, when what is committed is not up to date' } },
  async run({ options, print }) {
    await writeOrCheck(await followContracts(await allContracts(), repositoryRoot), {
      root: repositoryRoot,
      mode: options['check'] === true ? 'check' : 'write',
      command: 'npm run ashlar -- contracts emit',
      print,
    })
  },
}
