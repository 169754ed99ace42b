import { kebabCase } from '@ashlar/contract'
import type { File } from '../changes.ts'
import { spoken } from '../words.ts'

/** Which operation of which contract. */
export interface OperationNames {
  readonly contract: string
  readonly name: string
  readonly kind: 'query' | 'mutation'
}

/** The promise: something small that is true, to be made into what is meant. */
export function operationFile({ contract, name, kind }: OperationNames): File {
  const policy = kind === 'query' ? `{ access: 'customer' }` : `{ access: 'customer', idempotency: 'key' }`
  return {
    path: `contracts/${contract}/operations/${kebabCase(name)}.ts`,
    text: `import { ${kind}, z } from '@ashlar/contract'

/** ${spoken(name)}. */
export const ${name} = ${kind}({
  input: z.strictObject({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  policy: ${policy},
})
`,
  }
}

/** Who keeps it, and the story of how. */
export function handlerFiles({ contract, name }: OperationNames): File[] {
  const file = `services/${contract}/src/operations/${kebabCase(name)}`
  const [imported, used] = name === contract ? [`${contract} as contract`, 'contract'] : [contract, contract]
  return [
    {
      path: `${file}.ts`,
      text: `import { local } from '@ashlar/service'
import { ${imported} } from '@contracts/${contract}'

/** ${spoken(name)}. */
export const ${name} = local(${used}.${name}, () => ({ id }) => Promise.resolve({ id }))
`,
    },
    {
      path: `${file}.test.ts`,
      text: `import { given } from '@ashlar/testing'
import { it } from 'vitest'
import { ${name} } from './${kebabCase(name)}.ts'

const id = '01935b00-0000-7000-8000-000000000001'

it('answers with the id it was asked about', async () => {
  await given({}).when(${name}, { id }, { customer: 'ada' }).thenAnswersExactly({ id })
})
`,
    },
  ]
}
