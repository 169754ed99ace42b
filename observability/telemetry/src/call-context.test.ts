import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { currentContext, runInContext, type CallContext } from './call-context.ts'
import { newTrace } from './trace-context.ts'

const context = (requestId: string): CallContext => ({ requestId, trace: newTrace() })

it('follows each piece of work through everything it awaits, without mixing two up', async () => {
  const work = (name: string) =>
    runInContext(context(name), async () => {
      await pause(2)
      return currentContext()?.requestId
    })
  expect(await Promise.all([work('a'), work('b')])).toEqual(['a', 'b'])
})

it('is over when the work is', () => {
  runInContext(context('a'), () => undefined)
  expect(currentContext()).toBeUndefined()
})
