import { runStack } from './run-stack.ts'

process.exitCode = await runStack(process.argv.slice(2), process.env)
