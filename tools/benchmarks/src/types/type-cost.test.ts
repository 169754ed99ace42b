import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkProgram } from './check-program.ts'
import { writeProgram } from './write-program.ts'

const nodeModules = resolve(import.meta.dirname, '../../../../node_modules')
const compiler = join(nodeModules, 'typescript/bin/tsc')
// what it was when this was written, and a tenth: a change of types that costs every user more than that is to be looked at
const most = 2_515_000

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'ashlar-types-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

it('checks 500 operations, each kept, called and its answer handled, within a bound of instantiations', { timeout: 240_000 }, async () => {
  const program = join(folder, 'large')
  await writeProgram(program, nodeModules, { contracts: 25, operationsEach: 20 })
  const { instantiations, checkSeconds } = await checkProgram(program, compiler)
  console.info(`500 operations: ${instantiations} type instantiations, checked in ${checkSeconds} s by one thread`)
  expect(instantiations).toBeGreaterThan(most / 2)
  expect(instantiations).toBeLessThan(most)
})

it('finds a wrong type in such a program, or its count would tell nothing', { timeout: 120_000 }, async () => {
  const program = join(folder, 'wrong')
  await writeProgram(program, nodeModules, { contracts: 1, operationsEach: 1, wrongly: true })
  await expect(checkProgram(program, compiler)).rejects.toThrow(/thing_gone/)
})
