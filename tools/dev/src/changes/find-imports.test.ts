import { expect, it } from 'vitest'
import { findImports } from './find-imports.ts'

it('finds every import that runs', () => {
  const source = `import './first.ts'
import { a } from '@ashlar/contract'
import {
  b,
  type C,
} from "./many-lines.ts"
export { d } from './passed-on.ts'
export * as e from './all.ts'
const lazy = await import('./later.ts')
`
  expect(findImports(source)).toEqual(['./first.ts', '@ashlar/contract', './many-lines.ts', './passed-on.ts', './all.ts', './later.ts'])
})

it('leaves out what is only a type, and what only looks like an import', () => {
  const source = `import type { A } from './types.ts'
export type { B } from './more-types.ts'
export const from = 'nowhere'
const text = "import './quoted.ts'"
export function importFrom() { return './not-this.ts' }
`
  expect(findImports(source)).toEqual([])
})
