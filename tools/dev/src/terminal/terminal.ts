import { complain, say } from '@tools/terminal'
import type { SystemOptions } from '../system/system-options.ts'
import { choosePaint, type Paint } from './paint.ts'
import { renderLogLine } from './render-log-line.ts'
import { renderStep } from './render-start.ts'

/** Where a person, or a program that reads JSON, follows what happens. */
export interface Terminal extends Required<Pick<SystemOptions, 'onStep' | 'onProgress' | 'onLine' | 'onNote'>> {
  readonly paint: Paint
  readonly say: (text: string) => void
  /** Says it on the error output. */
  readonly complain: (text: string) => void
}

/** Opens this process's outputs; `LOG_FORMAT=json` leaves the processes' lines as they are. */
export function openTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const paint = choosePaint(process.stdout, environment)
  const isRaw = environment['LOG_FORMAT'] === 'json'
  return {
    paint,
    say,
    complain,
    onStep: (step) => say(renderStep(step, paint)),
    onProgress: (line) => say(`    ${line}`),
    onLine: (name, line) => say(isRaw ? line : renderLogLine(name, line, paint)),
    onNote: (name, note) =>
      say(isRaw ? JSON.stringify({ service: 'dev', process: name, msg: note }) : renderLogLine(name, paint('yellow', note), paint)),
  }
}
