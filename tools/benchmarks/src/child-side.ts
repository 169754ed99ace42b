import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A process that works for a benchmark, one thing after another. */
export interface ChildSide extends AsyncDisposable {
  /** Asks it for something and gives its answer. Rejects when it fails, or has ended. */
  ask<Answer>(asked: string, words?: unknown): Promise<Answer>
}

export interface ChildOptions {
  readonly nodeArguments: readonly string[]
  readonly environment: Readonly<Record<string, string>>
}

/** A process of the benchmark did not do what it was asked for. */
export class SideFailedError extends Error {
  override readonly name = 'SideFailedError'
}

type Reply = { readonly answer: unknown } | { readonly failure: string }

/**
 * Starts a program on this Node. What it prints goes to a file that has no name and is gone with it: whoever read it through a pipe
 * would take processor time from what is measured. What it complains of is shown.
 */
export function startSide(main: URL, { nodeArguments, environment }: ChildOptions): ChildSide {
  const path = join(tmpdir(), `ashlar-bench-output-${randomUUID()}`)
  const output = openSync(path, 'w')
  unlinkSync(path)
  const child = fork(main, {
    execArgv: [...nodeArguments],
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', output, 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  closeSync(output)
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code, signal) => reject(new SideFailedError(`a process of the benchmark ended: ${signal ?? `exit code ${code}`}`)))
    child.once('error', reject)
  })
  ended.catch(() => undefined)
  return {
    ask: <Answer>(asked: string, words?: unknown) => Promise.race([ended, answerOf<Answer>(child, { asked, words })]),
    async [Symbol.asyncDispose]() {
      // it ends by itself when nobody can ask it any more, and then writes its profile
      if (child.connected) child.disconnect()
      await ended.catch(() => undefined)
    },
  }
}

function answerOf<Answer>(child: ChildProcess, question: { asked: string; words: unknown }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    child.once('message', (reply: Reply) => {
      if ('failure' in reply) reject(new SideFailedError(`${question.asked}: ${reply.failure}`))
      else resolve(reply.answer as Answer)
    })
    child.send(question, (error) => error !== null && reject(error))
  })
}
