import { describe, expect, it } from 'vitest'
import { DeadLetterNotFoundError, DeadLetterUnreadableError } from '../dead-letters.ts'
import type { Bus } from '../bus.ts'
import { PermanentError, StreamFullError } from '../errors.ts'
import { newId } from '../new-id.ts'
import { deadLetterStream } from '../streams.ts'
import { eventually, type BrokerUnderTest } from './broker-under-test.ts'
import { setStage } from './stage.ts'

/** Leaves no room for a letter among a service's. */
async function fill(bus: Bus, service: string): Promise<void> {
  for (const bytes of [1_000_000, 100_000, 10_000, 1_000, 100]) {
    try {
      for (;;) await bus.publish({ transportId: newId(), subject: `dlq.${service}.filler`, headers: {}, payload: 'x'.repeat(bytes) })
    } catch (error) {
      if (!(error instanceof StreamFullError)) throw error
    }
  }
}

/** What every broker promises of dead letters. */
export function describeDeadLetters(start: () => Promise<BrokerUnderTest>): void {
  describe('a dead letter', () => {
    it('that is retried reaches the consumer that failed and no other, as the same message', async () => {
      const { broker, run, ring, letters, service, stream } = await setStage(start)
      const seen: string[] = []
      let isMended = false
      await run({
        name: 'failing',
        handle: async ({ id }) => {
          if (!isMended) throw new PermanentError('broken')
          seen.push(`failing ${id}`)
          return { kind: 'done' }
        },
      })
      await run({ name: 'other', handle: async ({ id }) => (seen.push(`other ${id}`), { kind: 'done' }) })
      await run({
        name: 'curious',
        subjects: stream.subjects,
        handle: async ({ id }) => (seen.push(`curious ${id}`), { kind: 'done' }),
      })
      const envelope = await ring()
      await eventually(async () => expect(await letters()).toHaveLength(1))
      await eventually(() => expect(seen.toSorted()).toEqual([`curious ${envelope.id}`, `other ${envelope.id}`]))

      isMended = true
      const [letter] = await letters()
      const opened = await broker.deadLetters()
      expect(await opened.retry(letter?.id ?? '')).toEqual(letter)
      await eventually(() => expect(seen).toContain(`failing ${envelope.id}`))
      expect(await opened.list({ service })).toEqual([])
      await expect(opened.retry(letter?.id ?? '')).rejects.toThrow(DeadLetterNotFoundError)
      await opened.close()

      // A later message shows that whatever the retry could have set off has happened.
      const later = await ring('bell-2')
      await eventually(() => expect(seen.filter((one) => one.endsWith(later.id))).toHaveLength(3))
      expect(seen.filter((one) => one.endsWith(envelope.id)).toSorted()).toEqual([
        `curious ${envelope.id}`,
        `failing ${envelope.id}`,
        `other ${envelope.id}`,
      ])
    })

    it('that fails again is a dead letter again', async () => {
      const { broker, run, ring, letters } = await setStage(start)
      let runs = 0
      await run({
        handle: async () => {
          runs += 1
          throw new PermanentError('still broken')
        },
      })
      const envelope = await ring()
      await eventually(async () => expect(await letters()).toHaveLength(1))
      const opened = await broker.deadLetters()
      // Twice, so that the broker could take the second retry for a repeat of the first.
      for (const round of [2, 3]) {
        const [before] = await letters()
        await opened.retry(before?.id ?? '')
        await eventually(() => expect(runs).toBe(round))
        await eventually(async () => expect(await letters()).toMatchObject([{ payload: JSON.stringify(envelope) }]))
        expect((await letters())[0]?.id).not.toBe(before?.id)
      }
      await opened.close()
    })

    it('is listed among those of its service only', async () => {
      const { broker, bus, run, ring, letters } = await setStage(start)
      await run({ handle: () => Promise.reject(new PermanentError('broken')) })
      await bus.ensureStream(deadLetterStream('blameless'))
      await ring()
      await eventually(async () => expect(await letters()).toHaveLength(1))
      const opened = await broker.deadLetters()
      expect(await opened.list({ service: 'blameless' })).toEqual([])
      expect(await opened.list()).toContainEqual((await letters())[0])
      await opened.close()
    })

    it('that nobody can read hides no other, is sent to nobody, and can be dropped', async () => {
      const { broker, bus, run, ring, letters, service } = await setStage(start)
      await run({ handle: () => Promise.reject(new PermanentError('broken')) })
      const subject = `dlq.${service}.listener`
      for (const payload of ['no JSON', '7', '{"id":"odd","errorMessage":"ada@example.org"}'])
        await bus.publish({ transportId: newId(), subject, headers: {}, payload })
      await ring()
      await eventually(async () => expect(await letters()).toMatchObject([{ errorMessage: 'broken' }]))

      const opened = await broker.deadLetters()
      const unreadable = await opened.unreadable({ service })
      const stream = `DEAD_LETTERS_${service}`
      expect(unreadable).toMatchObject([
        { id: `${stream}/1`, stream, sequence: 1, subject, problem: 'it is no JSON object' },
        { id: `${stream}/2`, problem: 'it is no JSON object' },
        { id: `${stream}/3`, problem: 'its service, consumer and 10 more fields cannot be read' },
      ])
      await expect(opened.retry(`${stream}/1`)).rejects.toThrow(DeadLetterUnreadableError)
      expect(await opened.read(`${stream}/1`)).toEqual({ stream, sequence: 1, subject, payload: 'no JSON' })

      await opened.drop(`${stream}/1`)
      expect((await opened.unreadable({ service })).map(({ sequence }) => sequence)).toEqual([2, 3])
      await expect(opened.drop(`${stream}/1`)).rejects.toThrow(DeadLetterNotFoundError)
      await opened.drop((await letters())[0]?.id ?? '')
      expect(await letters()).toEqual([])
      await opened.close()
    })

    it('goes with all of its kind where many are dropped or sent again, and leaves the others', async () => {
      const { broker, bus, run, ring, letters, service } = await setStage(start)
      let isMended = false
      const handled: string[] = []
      await run({
        handle: async ({ id }) => {
          if (!isMended) throw new PermanentError('broken')
          handled.push(id)
          return { kind: 'done' }
        },
      })
      const envelopes = [await ring(), await ring(), await ring()]
      await eventually(async () => expect(await letters()).toHaveLength(3))
      const [pattern] = await letters()
      const forged = Array.from({ length: 1_200 }, (_, number) => ({ ...pattern, id: `forged-${number}`, errorClass: 'Forged' }))
      const subject = `dlq.${service}.listener`
      await Promise.all(
        forged.map((letter) => bus.publish({ transportId: letter.id, subject, headers: {}, payload: JSON.stringify(letter) })),
      )

      const opened = await broker.deadLetters()
      expect(await opened.list({ service })).toHaveLength(1_203)
      const done: string[] = []
      const isForged = ({ errorClass }: { errorClass: string }) => errorClass === 'Forged'
      await opened.dropAll({ service: 'blameless', isMeant: isForged, onDone: ({ id }) => done.push(id) })
      expect(done).toEqual([])
      await opened.dropAll({ service, isMeant: isForged, onDone: ({ id }) => done.push(id) })
      expect(done.toSorted()).toEqual(forged.map(({ id }) => id).toSorted())
      expect((await letters()).map(({ payload }) => payload)).toEqual(envelopes.map((envelope) => JSON.stringify(envelope)))

      isMended = true
      const sent: string[] = []
      await opened.retryAll({ service, isMeant: ({ errorClass }) => errorClass === 'PermanentError', onDone: ({ id }) => sent.push(id) })
      expect(sent).toHaveLength(3)
      expect(await letters()).toEqual([])
      await eventually(() => expect(handled.toSorted()).toEqual(envelopes.map(({ id }) => id).toSorted()))
      await opened.close()
    })

    it('that finds no room leaves its consumer with a problem, and is buried when there is room again', async () => {
      const { broker, bus, run, ring, letters, service } = await setStage(start)
      const running = await run({ handle: () => Promise.reject(new PermanentError('broken')) })
      await fill(bus, service)
      expect(running.problem).toBeUndefined()
      await ring()
      await eventually(() => expect(running.problem).toContain(`DEAD_LETTERS_${service} is full, and listener can set nothing aside`))

      const opened = await broker.deadLetters()
      await opened.drop(`DEAD_LETTERS_${service}/1`)
      await eventually(() => expect(running.problem).toBeUndefined())
      // the retries were spent while it waited
      expect(await letters()).toHaveLength(1)
      await opened.close()
    })

    it('are not believed where they speak for another consumer than the one they lie under', async () => {
      const { broker, bus, run, ring, letters, service, stream } = await setStage(start)
      await run({ handle: () => Promise.reject(new PermanentError('broken')) })
      await ring()
      await eventually(async () => expect(await letters()).toHaveLength(1))
      const forged = { ...(await letters())[0], id: newId(), stream: stream.name, payload: 'forged' }
      const subject = `dlq.${service}.intruder`
      await bus.publish({ transportId: newId(), subject, headers: {}, payload: JSON.stringify(forged) })

      const opened = await broker.deadLetters()
      expect(await opened.unreadable({ service })).toMatchObject([{ subject, problem: expect.stringContaining('lies under') as string }])
      await expect(opened.retry(forged.id)).rejects.toThrow(DeadLetterNotFoundError)
      await expect(opened.retry(`DEAD_LETTERS_${service}/2`)).rejects.toThrow(DeadLetterUnreadableError)
      await opened.close()
    })
  })
}
