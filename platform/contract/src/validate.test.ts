import { expect, it } from 'vitest'
import { defineContract } from './define-contract.ts'
import { query } from './operation.ts'
import { z } from 'zod'
import { RequestRefusedError, type Issue } from './request-refused.ts'
import { OutputInvalidError, parseInput, parseOutput } from './validate.ts'

const shelves = defineContract({
  name: 'shelves',
  version: 1,
  operations: {
    lookUp: query({
      input: z.strictObject({ lines: z.array(z.strictObject({ sku: z.string(), quantity: z.int().default(1) })) }),
      output: z.object({ found: z.int() }),
      policy: { access: 'open' },
    }),
  },
})
const { lookUp } = shelves.operations

function issuesIn(input: unknown): readonly Issue[] {
  try {
    parseInput(lookUp, input)
    return []
  } catch (error) {
    if (error instanceof RequestRefusedError) return error.issues ?? []
    throw error
  }
}

it('reads an input, with what its contract fills in', () => {
  expect(parseInput(lookUp, { lines: [{ sku: 'TEA' }] })).toEqual({ lines: [{ sku: 'TEA', quantity: 1 }] })
})

it('names every field that is wrong by where it is', () => {
  const paths = issuesIn({ lines: [{ sku: 'TEA' }, { quantity: 'two' }] }).map(({ path }) => path)
  expect(paths).toEqual([
    ['lines', 1, 'sku'],
    ['lines', 1, 'quantity'],
  ])
})

it('names fields nobody promised, each by where it is', () => {
  expect(issuesIn({ lines: [{ sku: 'TEA', colour: 'green', size: 2 }], page: 1 })).toEqual([
    { path: ['lines', 0, 'colour'], message: 'no such field' },
    { path: ['lines', 0, 'size'], message: 'no such field' },
    { path: ['page'], message: 'no such field' },
  ])
})

it('holds an output against the contract, and says whose bug it is', () => {
  expect(parseOutput(lookUp, { found: 1, secret: 'x' })).toEqual({ found: 1 })
  expect(() => parseOutput(lookUp, { found: 'many' })).toThrow(OutputInvalidError)
  expect(() => parseOutput(lookUp, { found: 'many' })).toThrow(/shelves\.v1\/lookUp answered .* found: /)
})
