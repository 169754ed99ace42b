import { fileURLToPath } from 'node:url'
import { NothingRunningError, readStack, readTopology } from '@deploy/local'
import { RefusedError } from '../command.ts'
import { jaegerTraces } from './jaeger-traces.ts'
import { supervisorTraces } from './supervisor-traces.ts'
import type { TraceSource } from './trace-source.ts'

const folder = fileURLToPath(new URL('../../../../.ashlar', import.meta.url))

/** Chooses where traces are: the Jaeger of `JAEGER_URL`, else that of the stack running here, else the supervisor. */
export async function chooseTraceSource(): Promise<TraceSource> {
  const jaegerUrl = process.env['JAEGER_URL'] ?? (await readStack(folder))?.jaegerUrl
  if (jaegerUrl !== undefined) {
    if (!URL.canParse(jaegerUrl)) throw new RefusedError('JAEGER_URL is no address: it should look like http://host:16686')
    return jaegerTraces(jaegerUrl)
  }
  try {
    const { otlpUrl } = await readTopology(folder)
    if (otlpUrl === undefined) throw new RefusedError('the shop that runs here sends its traces elsewhere: ask there, or with JAEGER_URL')
    return supervisorTraces(otlpUrl)
  } catch (cause) {
    if (cause instanceof NothingRunningError) throw new RefusedError(cause.message, { cause })
    throw cause
  }
}
