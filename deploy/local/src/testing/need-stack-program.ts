import type { TestContext } from 'vitest'
import type { Program } from '../obtain/ways.ts'
import { lookForStackProgram } from '../stack/obtain-stack-program.ts'
import type { StackProgram } from '../stack/stack-programs.ts'
import { needProgram } from './need-program.ts'

/** Gives a program of the stack; skips or fails where it is not (`needProgram`). */
export function needStackProgram(context: TestContext, name: StackProgram): Promise<Program> {
  return needProgram(context, name, lookForStackProgram(name))
}
