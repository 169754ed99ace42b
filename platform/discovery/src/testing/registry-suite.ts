import { randomUUID } from 'node:crypto'
import { createLogger } from '@observability/telemetry'
import { afterAll, afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest'
import { openRegistry } from '../open-registry.ts'
import type { Registry, ServiceWatch } from '../registry.ts'
import { forkRegistrant } from './fork-registrant.ts'
import { runInstance, type RunningInstance } from './running-instance.ts'

/** A registry under test, and how to make it unreachable for a while. */
export interface RegistryUnderTest {
  readonly url: string
  takeAway(): Promise<void>
  bringBack(): Promise<void>
  close(): Promise<void>
}

interface SuiteOptions {
  readonly open: () => Promise<RegistryUnderTest>
  readonly checkIntervalMs: number
  /** Skips the test, or fails, where the backend cannot be had. */
  readonly need?: (context: TestContext) => unknown
}

const logger = createLogger({ service: 'registry-suite', level: 'silent' })
const within = { timeout: 20_000, interval: 25 }

/** The promises of the Registry port, held against one backend. */
export function registrySuite(backend: string, { open, checkIntervalMs, need }: SuiteOptions): void {
  describe(`the ${backend} registry`, { timeout: 60_000 }, () => {
    let opened: RegistryUnderTest | undefined
    let underTest: RegistryUnderTest
    let registry: Registry
    let service: string
    let running: RunningInstance[]

    beforeEach(async (context) => {
      need?.(context)
      underTest = opened ??= await open()
      service = `tea-${randomUUID().slice(0, 8)}`
      running = []
      registry = openRegistry(underTest.url, { logger, checkIntervalMs })
    })
    afterEach(async () => {
      if (opened === undefined) return
      await registry.close()
      await Promise.all(running.map((each) => each.close()))
    })
    afterAll(async () => {
      await opened?.close()
    })

    async function run(id: string): Promise<RunningInstance> {
      const instance = await runInstance(service, id)
      running.push(instance)
      return instance
    }
    const ids = (watch: ServiceWatch) => watch.instances().map(({ id }) => id)

    it('finds an instance with everything it was registered with', async () => {
      const { instance } = await run('first/of:many')
      await registry.register(instance)
      const watch = registry.watch(service)
      await expect.poll(() => watch.instances(), within).toEqual([instance])
    })

    it('answers for a service that nobody has registered', async () => {
      const watch = registry.watch(service)
      await watch.ready
      expect(watch.instances()).toEqual([])
    })

    it('lists two instances and tells a watcher in another registry of the second', async () => {
      await using elsewhere = disposable(openRegistry(underTest.url, { logger, checkIntervalMs }))
      const watch = elsewhere.registry.watch(service)
      await registry.register((await run('a')).instance)
      await expect.poll(() => ids(watch), within).toEqual(['a'])
      await registry.register((await run('b')).instance)
      await expect.poll(() => ids(watch), within).toEqual(['a', 'b'])
    })

    it('drops an instance that deregisters although it still answers, the last one too', async () => {
      const first = await registry.register((await run('a')).instance)
      const second = await registry.register((await run('b')).instance)
      const watch = registry.watch(service)
      await expect.poll(() => ids(watch), within).toEqual(['a', 'b'])
      await first.deregister()
      await expect.poll(() => ids(watch), within).toEqual(['b'])
      await second.deregister()
      await second.deregister()
      await expect.poll(() => ids(watch), within).toEqual([])
    })

    it('drops the only instance when its process is killed, and finds it again under a new id', async () => {
      const watch = registry.watch(service)
      const registrant = await forkRegistrant({ url: underTest.url, service, id: 'boot-1', checkIntervalMs })
      await expect.poll(() => ids(watch), within).toEqual(['boot-1'])
      await registrant.kill()
      await expect.poll(() => ids(watch), within).toEqual([])
      await registry.register((await run('boot-2')).instance)
      await expect.poll(() => ids(watch), within).toEqual(['boot-2'])
    })

    it('drops an instance that is not ready and takes it back when it is', async () => {
      const moody = await run('moody')
      await registry.register(moody.instance)
      await registry.register((await run('steady')).instance)
      const watch = registry.watch(service)
      await expect.poll(() => ids(watch), within).toEqual(['moody', 'steady'])
      moody.setReady('not-ready')
      await expect.poll(() => ids(watch), within).toEqual(['steady'])
      moody.setReady('ready')
      await expect.poll(() => ids(watch), within).toEqual(['moody', 'steady'])
    })

    it('does not list an instance that was not ready when it registered until it is', async () => {
      const late = await run('late')
      late.setReady('not-ready')
      await registry.register(late.instance)
      await registry.register((await run('steady')).instance)
      const watch = registry.watch(service)
      await expect.poll(() => ids(watch), within).toEqual(['steady'])
      late.setReady('ready')
      await expect.poll(() => ids(watch), within).toEqual(['late', 'steady'])
    })

    it('keeps what it knew while the registry is away and when it comes back with nothing', async () => {
      const { instance } = await run('a')
      await registry.register(instance)
      const watch = registry.watch(service)
      await expect.poll(() => ids(watch), within).toEqual(['a'])
      const heard: string[][] = []
      const listening = setInterval(() => heard.push(ids(watch)), 5)
      await underTest.takeAway()
      await expect.poll(async () => (await registry.health()).healthy, within).toBe(false)
      await underTest.bringBack()
      await using elsewhere = disposable(openRegistry(underTest.url, { logger, checkIntervalMs }))
      const newcomer = elsewhere.registry.watch(service)
      await expect.poll(() => ids(newcomer), within).toEqual(['a'])
      await registry.register((await run('b')).instance)
      await expect.poll(() => ids(watch), within).toEqual(['a', 'b'])
      clearInterval(listening)
      expect(heard.filter((list) => !list.includes('a'))).toEqual([])
      expect((await registry.health()).healthy).toBe(true)
    })

    it('registers an instance that started while the registry was away', async () => {
      await underTest.takeAway()
      const registration = await registry.register((await run('early')).instance)
      await underTest.bringBack()
      const watch = registry.watch(service)
      await expect.poll(() => ids(watch), within).toEqual(['early'])
      await registration.deregister()
      await expect.poll(() => ids(watch), within).toEqual([])
    })

    it('refuses an instance whose service could not be a path, and everything once closed', async () => {
      const { instance } = await run('a')
      await expect(registry.register({ ...instance, service: '..' })).rejects.toThrow('service name')
      expect(() => registry.watch('a/b')).toThrow('service name')
      await registry.close()
      await expect(registry.register(instance)).rejects.toThrow('closed')
      expect(() => registry.watch(service)).toThrow('closed')
    })

    it('deregisters on close and leaves nothing that keeps a process alive', async () => {
      const watch = registry.watch(service)
      const registrant = await forkRegistrant({ url: underTest.url, service, id: 'brief', checkIntervalMs })
      await expect.poll(() => ids(watch), within).toEqual(['brief'])
      expect(await registrant.leave()).toBe(0)
      await expect.poll(() => ids(watch), within).toEqual([])
    })
  })
}

function disposable(registry: Registry): AsyncDisposable & { readonly registry: Registry } {
  return { registry, [Symbol.asyncDispose]: () => registry.close() }
}
