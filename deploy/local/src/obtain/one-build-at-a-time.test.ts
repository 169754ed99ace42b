import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, it } from 'vitest'
import { ownCache } from '../testing/own-cache.ts'
import { intoCache } from './cached.ts'
import { oneBuildAtATime } from './one-build-at-a-time.ts'
import type { Way } from './ways.ts'

const silent = (): void => undefined
beforeEach(() => ownCache())

/** A build that notes when it runs. */
function building(program: string, log: string[]): Way {
  const pinned = { program, version: '1.0.0' }
  const make = async (scratch: string): Promise<string> => {
    log.push(`${program} begins`)
    await sleep(30)
    await writeFile(join(scratch, 'made'), program)
    log.push(`${program} ends`)
    return join(scratch, 'made')
  }
  return oneBuildAtATime(pinned, intoCache(pinned, { description: 'built', origin: 'built by Go', make }))
}

it('builds one after the other, and says that it waits', async () => {
  const log: string[] = []
  const told: string[] = []
  const tell = (line: string): number => told.push(line)
  await Promise.all(['loki', 'jaeger'].map((program) => building(program, log).attempt(tell)))
  expect(log.map((line) => line.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends'])
  expect(told).toEqual([expect.stringContaining(`in use by process ${process.pid}: another build`)])
})

it('takes what the other one built meanwhile', async () => {
  const log: string[] = []
  const both = await Promise.all([building('loki', log).attempt(silent), building('loki', log).attempt(silent)])
  expect(log).toEqual(['loki begins', 'loki ends'])
  expect(both.map(({ origin }) => origin).toSorted()).toEqual(['built by Go', 'built by Go, cached'])
})
