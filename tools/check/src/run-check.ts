import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import type { Check } from './checks.ts'

export interface CheckResult {
  readonly passed: boolean
  readonly seconds: number
  readonly output: string
}

/** Runs one check on the repository at `root`, by the tools installed there, and gathers what it says. */
export function runCheck({ command: [program, ...parameters] }: Check, root: string): Promise<CheckResult> {
  const began = performance.now()
  return new Promise((resolve) => {
    const path = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter)
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1' },
    })
    let output = ''
    const gather = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', gather)
    child.stderr.on('data', gather)
    const end = (passed: boolean, more = ''): void =>
      resolve({ passed, seconds: (performance.now() - began) / 1_000, output: output + more })
    child.on('error', (error) => end(false, `${program} could not be started (npm ci installs it): ${error.message}\n`))
    child.on('close', (code) => end(code === 0))
  })
}
