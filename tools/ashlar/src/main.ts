import { contractsDiffIn } from './commands/contracts-diff.ts'
import { contractsDocs } from './commands/contracts-docs.ts'
import { contractsEmit } from './commands/contracts-emit.ts'
import { contractsWaiveIn } from './commands/contracts-waive.ts'
import { dashboardsEmit } from './commands/dashboards-emit.ts'
import { dlqDrop } from './commands/dlq-drop.ts'
import { dlqList } from './commands/dlq-list.ts'
import { dlqRetry } from './commands/dlq-retry.ts'
import { fuzz } from './commands/fuzz.ts'
import { mock } from './commands/mock.ts'
import { newContractIn } from './commands/new-contract.ts'
import { newEventIn } from './commands/new-event.ts'
import { newOperationIn } from './commands/new-operation.ts'
import { newServiceIn } from './commands/new-service.ts'
import { pactCanIDeployIn } from './commands/pact-can-i-deploy.ts'
import { pactDeployedIn } from './commands/pact-deployed.ts'
import { pactMatrixIn } from './commands/pact-matrix.ts'
import { sagaList } from './commands/saga-list.ts'
import { sagaResume } from './commands/saga-resume.ts'
import { sagaShow } from './commands/saga-show.ts'
import { token } from './commands/token.ts'
import { traceFrom } from './commands/trace.ts'
import { tracesFrom } from './commands/traces.ts'
import { repositoryRoot } from './generated/write-or-check.ts'
import { runCommand } from './run-command.ts'
import { chooseTraceSource } from './traces/choose-trace-source.ts'

const [traces, trace] = [tracesFrom(chooseTraceSource), traceFrom(chooseTraceSource)]
const checkout = { root: repositoryRoot, base: process.env['ASHLAR_BASE'], today: new Date().toISOString().slice(0, 10) }
const commands = [
  newServiceIn(repositoryRoot),
  newContractIn(repositoryRoot),
  newOperationIn(repositoryRoot),
  newEventIn(repositoryRoot),
  sagaList,
  sagaShow,
  sagaResume,
  dlqList,
  dlqRetry,
  dlqDrop,
  contractsEmit,
  contractsDocs,
  contractsDiffIn(checkout),
  contractsWaiveIn(checkout),
  dashboardsEmit,
  pactCanIDeployIn(repositoryRoot),
  pactDeployedIn(repositoryRoot),
  pactMatrixIn(repositoryRoot),
  mock,
  fuzz,
  token,
  traces,
  trace,
]

process.exitCode = await runCommand(commands, process.argv.slice(2), (line) => console.log(line))
