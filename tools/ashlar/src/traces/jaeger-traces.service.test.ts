import { startTestJaeger, type TestJaeger } from '@deploy/local/testing'
import { afterAll, expect, it } from 'vitest'
import { jaegerTraces } from './jaeger-traces.ts'
import { itIsATraceSource } from './testing/trace-source-suite.ts'

let starting: Promise<TestJaeger> | undefined
afterAll(async () => (await starting)?.[Symbol.asyncDispose]())

itIsATraceSource(async (context) => {
  const { url, otlpUrl } = await (starting ??= startTestJaeger(context))
  return { source: jaegerTraces(url), otlpUrl }
})

it('says that nobody answers', async () => {
  await expect(jaegerTraces('http://127.0.0.1:1').find('aa')).rejects.toMatchObject({
    name: 'RefusedError',
    message: 'Jaeger does not answer at http://127.0.0.1:1',
  })
})
