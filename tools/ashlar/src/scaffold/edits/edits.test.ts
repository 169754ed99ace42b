import { expect, it } from 'vitest'
import { RefusedError } from '../../command.ts'
import { withContainer } from './compose-file.ts'
import { withEvent, withOperation } from './contract-index.ts'
import { withContract } from './gateway.ts'

const index = {
  path: 'contracts/teas/index.ts',
  text: `import { defineContract, type ContractOf } from '@ashlar/contract'
import { makeTea } from './operations/make-tea.ts'

export const teas = defineContract({
  name: 'teas',
  version: 1,
  operations: {
    makeTea,
  },
})
export interface Teas extends ContractOf<typeof teas> {}

export type { Tea } from './shapes/tea.ts'
`,
}

it('puts the first event of a contract where the alphabet and the contract have it', () => {
  const { text } = withEvent(index, 'teaMade')
  expect(text).toContain(`'@ashlar/contract'\nimport { teaMade } from './events/tea-made.ts'\nimport { makeTea }`)
  expect(text).toContain(`    makeTea,\n  },\n  events: { teaMade },\n})`)
  expect(text).toContain(`{}\n\nexport { teaMade } from './events/tea-made.ts'\nexport type { Tea }`)
})

it('puts further ones beside it', () => {
  const { text } = withEvent(withEvent(index, 'teaMade'), 'teaDrunk')
  expect(text).toContain(`events: { teaMade, teaDrunk },`)
  expect(text).toContain(`export { teaDrunk } from './events/tea-drunk.ts'\nexport { teaMade } from`)
})

it('lists an operation behind the others', () => {
  expect(withOperation(index, 'drinkTea').text).toContain(`operations: { makeTea, drinkTea },`)
})

it('refuses to choose between two versions of a contract', () => {
  const both = { ...index, text: index.text + index.text.replace('version: 1', 'version: 2') }
  expect(() => withOperation(both, 'drinkTea')).toThrow('holds 2 versions of its contract')
  expect(() => withEvent(both, 'teaMade')).toThrow(RefusedError)
})

it.each([
  ['contract', () => withOperation({ path: 'index.ts', text: `import { a } from 'b'\n` }, 'drinkTea')],
  ['gateway', () => withContract({ path: 'contracts.ts', text: `import { a } from 'b'\nexport const contracts = all()\n` }, 'teas')],
  ['compose file', () => withContainer({ path: 'compose.yaml', text: 'services:\n' }, 'teas')],
])('refuses a %s that is written otherwise, rather than guess', (_what, edit) => {
  expect(edit).toThrow(RefusedError)
  expect(edit).toThrow('is written otherwise than expected')
})
