import { contractsEmit } from './commands/contracts-emit.ts'
import { dlqList } from './commands/dlq-list.ts'
import { dlqRetry } from './commands/dlq-retry.ts'
import { runCommand } from './run-command.ts'

const commands = [dlqList, dlqRetry, contractsEmit]

process.exitCode = await runCommand(commands, process.argv.slice(2), (line) => console.log(line))
