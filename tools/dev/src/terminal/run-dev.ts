import { join, resolve } from 'node:path'
import { readPortBase } from '@deploy/local'
import { listenForStop, refuse } from '@tools/terminal'
import { UnknownServiceError } from '../system/programs.ts'
import { usualPorts } from '../system/system-ports.ts'
import { devUsage, readDevArguments, takenByNpm } from './dev-arguments.ts'
import { explainFailure } from './explain-failure.ts'
import { runUntilStopped } from './run-until-stopped.ts'
import { openTerminal } from './terminal.ts'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const folder = join(root, '.ashlar')

/** Runs `npm run dev` until it is told to stop. Gives the exit code: 0, 1 for what did not start, 2 for words it does not know. */
export async function runDev(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const asked = readDevArguments(words)
  const terminal = openTerminal(environment)
  if (asked.kind === 'help') return end(0, () => terminal.say(devUsage))
  const refused = asked.kind === 'refused' ? asked.reason : takenByNpm(environment)
  if (asked.kind === 'refused' || refused !== undefined) return refuse(refused ?? '', { usage: devUsage, complain: terminal.complain })
  using stop = listenForStop()
  try {
    const ports = await usualPorts(readPortBase(environment['ASHLAR_PORT_BASE']))
    const { only, data } = asked
    await runUntilStopped(
      { root, folder, ports, only, data, inherited: environment, changes: 'watched', traces: 'kept', signal: stop.first },
      stop,
      terminal,
    )
    return 0
  } catch (error) {
    if (stop.first.aborted) return end(0, () => terminal.say('  Stopped while starting; nothing is left running.'))
    if (error instanceof UnknownServiceError) return refuse(error.message, { usage: devUsage, complain: terminal.complain })
    const reason = await explainFailure(error, folder)
    if (reason === undefined) throw error
    return end(1, () => terminal.complain(`\n${reason}`))
  }
}

function end(code: number, lastWords: () => void): number {
  lastWords()
  return code
}
