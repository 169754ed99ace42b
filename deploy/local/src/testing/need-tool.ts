import type { TestContext } from 'vitest'
import type { Program } from '../obtain/ways.ts'
import { lookForTool, type Tool } from '../tools/tool-programs.ts'
import { needProgram } from './need-program.ts'

/** Gives a tool that only tests run; skips or fails where it is not (`needProgram`). */
export function needTool(context: TestContext, name: Tool): Promise<Program> {
  return needProgram(context, name, lookForTool(name))
}
