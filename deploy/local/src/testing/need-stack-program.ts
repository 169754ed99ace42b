import type { TestContext } from 'vitest'
import type { Program } from '../obtain/ways.ts'
import { ServerUnavailableError } from '../server/errors.ts'
import { lookForStackProgram } from '../stack/obtain-stack-program.ts'
import type { StackProgram } from '../stack/stack-programs.ts'

/**
 * Gives a program of the stack, or skips the test that asks, saying how to get it: tests build nothing. With
 * ASHLAR_REQUIRE_SERVERS=1, as in the checks before a merge, it fails instead.
 */
export async function needStackProgram(context: TestContext, name: StackProgram): Promise<Program> {
  try {
    return await lookForStackProgram(name)
  } catch (error) {
    if (!(error instanceof ServerUnavailableError) || process.env['ASHLAR_REQUIRE_SERVERS'] === '1') throw error
    return context.skip(`${name} is not here: npm run servers -- ${name}`)
  }
}
