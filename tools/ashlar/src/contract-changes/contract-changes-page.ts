import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyOfCheckout } from './copy-of-checkout.ts'
import { fenced } from './fenced.ts'
import { pactSectionOf } from './pact-section.ts'

const file = 'contracts/catalogue/shapes/money.ts'
const renamed = { from: '    currency: z', to: '    currencyCode: z' }

/**
 * Renames a field that `catalogue.getProduct` answers with, in a copy of a checkout, and writes down who says what about it. What the
 * pacts say needs a running shop: that section is taken over from the page as it is.
 */
export async function contractChangesPage(checkout: string): Promise<string> {
  await using copy = await copyOfCheckout(checkout)
  await copy.replace(file, renamed.from, renamed.to)
  await copy.write('tsconfig.running.json', JSON.stringify({ extends: './tsconfig.json', include: ['services', 'gateway'] }))
  const types = await copy.run(process.execPath, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.running.json', '--pretty', 'false')
  const gate = await copy.run(process.execPath, 'tools/ashlar/src/main.ts', 'contracts', 'diff')
  const edit = await copy.run('git', 'diff', '--unified=0', '--', 'contracts')
  const pacts = pactSectionOf(await readFile(join(checkout, 'docs', 'contract-changes.md'), 'utf8'))
  const changed = edit.said.split('\n').filter((line) => /^[+-] /.test(line))
  return [
    '# What a change of a contract meets',
    '',
    'The price of a product loses its `currency` and gains a `currencyCode`: one line in `' + file + '`.',
    'Tests make this change in copies of the repository and write down what is said about it; nothing below was typed by hand.',
    'To write it anew: `npm test -- --project unit tools/ashlar/src/contract-changes -u` for all but the last section, which',
    '`npm run test:contract -- -u` writes. Either test fails when what it would write is not what stands here.',
    '',
    ...fenced('diff', changed),
    '## The type checker stops the services',
    '',
    `\`tsc\` on the services and the gateway ends with exit code ${types.code}. Of what it says, the lines about code that runs:`,
    '',
    ...fenced('text', errorsOfCode(types.said)),
    '## The gate names who reads it',
    '',
    `\`npm run ashlar -- contracts diff\` ends with exit code ${gate.code}. Where a commit stood, here stands \`main\`.`,
    '',
    ...fenced('text', gate.said.trimEnd().replaceAll(copy.commit, 'main').split('\n')),
    pacts,
  ].join('\n')
}

/** Errors about the field in what services and the gateway run, without their tests. */
function errorsOfCode(said: string): string[] {
  const errors = said
    .split(/\n(?! )/)
    .filter((error) => /^(?:services|gateway)\//.test(error) && !/\.test\.ts\(|\/test\//.test(error) && error.includes('currency'))
  return errors.map((error) => error.split('\n')[0] ?? '').toSorted()
}
