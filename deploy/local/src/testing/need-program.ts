import type { TestContext } from 'vitest'
import type { Program } from '../obtain/ways.ts'
import { ServerUnavailableError } from '../server/errors.ts'

/**
 * Waits for a program to be looked for, or skips the test that asks, saying how to get it: tests build nothing. With
 * ASHLAR_REQUIRE_SERVERS=1, as in the checks before a merge, it fails instead.
 */
export async function needProgram(context: TestContext, name: string, looking: Promise<Program>): Promise<Program> {
  try {
    return await looking
  } catch (error) {
    if (!(error instanceof ServerUnavailableError) || process.env['ASHLAR_REQUIRE_SERVERS'] === '1') throw error
    return context.skip(`${name} is not here: npm run servers -- ${name}`)
  }
}
