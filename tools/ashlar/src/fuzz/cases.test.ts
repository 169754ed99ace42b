import type { AnyBoundOperation } from '@ashlar/contract'
import { expect, it } from 'vitest'
import { allContracts } from '../all-contracts.ts'
import { casesOf } from './cases.ts'
import { issuePathsOf } from './issue-paths.ts'

const operations = (await allContracts()).flatMap((contract) => Object.values<AnyBoundOperation>(contract.operations))

it.each(operations.map((operation) => [operation.address, operation] as const))(
  'what is made for %s is right, or wrong at the place it says',
  (_address, operation) => {
    const cases = casesOf(operation, { seed: 'all', runs: 20, given: new Map() })
    const misjudged = cases.filter(({ input, wrongAt }) => {
      const paths = issuePathsOf(operation, input)
      return wrongAt === undefined ? paths.length > 0 : !paths.includes(JSON.stringify(wrongAt))
    })
    expect(misjudged).toEqual([])
    expect(cases.filter(({ wrongAt }) => wrongAt !== undefined).length).toBeGreaterThan(4)
  },
)
