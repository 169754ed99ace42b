import { expect, it } from 'vitest'
import { WorkInHand } from './work-in-hand.ts'

it('is finished when everything in hand is, well or badly, and what came in meanwhile too', async () => {
  const work = new WorkInHand()
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const order: string[] = []
  const failing = work.track(first.promise).catch(() => order.push('first failed'))
  const finished = work.finished().then(() => order.push('finished'))
  void work.track(second.promise).then(() => order.push('second done'))
  first.reject(new Error('broke'))
  await failing
  second.resolve('done')
  await finished
  expect(order).toEqual(['first failed', 'second done', 'finished'])
  await work.finished()
})

it('is told to give up once', () => {
  const work = new WorkInHand()
  expect(work.signal.aborted).toBe(false)
  work.giveUp()
  expect(work.signal.reason).toMatchObject({ message: 'the process stops' })
})
