import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { freeStackPorts } from '../stack/stack-ports.ts'
import { startStackServer } from '../stack/start-stack-server.ts'
import { needStackProgram } from './need-stack-program.ts'

/** A Jaeger of a test's own, on free ports. */
export interface TestJaeger extends AsyncDisposable {
  /** Takes OTLP over HTTP. */
  readonly otlpUrl: string
  /** Answers questions. */
  readonly url: string
}

/** Starts one, or skips the test that asks, saying how to get it. */
export async function startTestJaeger(context: TestContext): Promise<TestJaeger> {
  const program = await needStackProgram(context, 'jaeger')
  const [folder, ports] = [await mkdtemp(join(tmpdir(), 'ashlar-jaeger-')), await freeStackPorts()]
  const server = await startStackServer('jaeger', { program, folder, ports, consulUrl: 'http://127.0.0.1:9' })
  return {
    otlpUrl: `http://127.0.0.1:${ports.jaeger.otlpHttp}`,
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
