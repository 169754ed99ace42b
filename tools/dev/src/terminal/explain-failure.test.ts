import { execFileSync } from 'node:child_process'
import { FolderInUseError, writeTopology } from '@deploy/local'
import { sampleTopology } from '@deploy/local/testing'
import { expect, it } from 'vitest'
import { smallRepository } from '../testing/small-repository.ts'
import { describeRunning, explainFailure } from './explain-failure.ts'

const topology = { ...sampleTopology, services: ['catalogue', 'users'] }

it('tells who comes second that the shop runs, since when, where, and how to stop it', async () => {
  using repository = smallRepository({})
  await writeTopology(repository.root, topology)
  const held = new FolderInUseError('it is in use', { pid: process.pid })
  const said = await explainFailure(held, repository.root)
  expect(said).toContain(`Already running here: process ${process.pid}, started 2026-01-01 12:00 UTC`)
  expect(said).toMatch(/gateway +http:\/\/127\.0\.0\.1:8080/)
  expect(said).toContain('catalogue users')
  expect(said).toContain(`kill ${process.pid}`)
})

it('says when that was as people do', () => {
  const at = (minutes: number): string => describeRunning(topology, Date.parse(topology.startedAt) + minutes * 60_000)
  expect([0, 1, 12].map((minutes) => /\((.*)\)/.exec(at(minutes))?.[1])).toEqual(['just now', 'a minute ago', '12 minutes ago'])
})

it('does not take another shop for the one that holds the folder, gone or alive', async () => {
  using repository = smallRepository({})
  const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))
  for (const pid of [dead, process.ppid]) {
    await writeTopology(repository.root, { ...topology, pid })
    expect(await explainFailure(new FolderInUseError('it is in use', { pid: process.pid }), repository.root)).toBe('it is in use')
  }
})

it('leaves a bug to its stack', async () => {
  expect(await explainFailure(new TypeError('undefined is not a function'), '/nowhere')).toBeUndefined()
})
