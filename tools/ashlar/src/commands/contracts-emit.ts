import { readFile, writeFile } from 'node:fs/promises'
import { openApiOf } from '@ashlar/contract-artifacts'
import { allContracts } from '../all-contracts.ts'
import { RefusedError, type Command } from '../command.ts'

const openApiFile = new URL('../../../../gateway/generated/openapi.json', import.meta.url)

/** Writes what follows from the contracts, or with `--check` says whether it is up to date. */
export const contractsEmit: Command = {
  words: ['contracts', 'emit'],
  parameters: '[--check]',
  takes: 'none',
  summary: 'write the OpenAPI document the gateway serves',
  options: { check: { kind: 'boolean', help: 'write nothing; fail when the committed document is not up to date' } },
  async run({ options, print }) {
    const document = `${JSON.stringify(openApiOf(await allContracts(), about), undefined, 2)}\n`
    if (options['check'] === true) {
      const committed = await readFile(openApiFile, 'utf8').catch(() => '')
      if (committed !== document)
        throw new RefusedError('gateway/generated/openapi.json is not up to date: npm run ashlar -- contracts emit')
      print('gateway/generated/openapi.json is up to date')
      return
    }
    await writeFile(openApiFile, document)
    print('wrote gateway/generated/openapi.json')
  },
}

const about = { title: 'The shop', version: '1', description: 'What the shop promises over HTTP; written from its contracts.' }
