import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeServerPorts, startConsul } from '@deploy/local'
import { needServer } from '@deploy/local/testing'
import { createLogger } from '@observability/telemetry'
import { expect, it } from 'vitest'
import { openRegistry } from '../open-registry.ts'
import { registrySuite } from '../testing/registry-suite.ts'
import { runInstance } from '../testing/running-instance.ts'

registrySuite('Consul', {
  checkIntervalMs: 1_000,
  need: (context) => needServer(context, 'consul'),
  // one of its own, to be killed: the one of the whole run is others' too
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'registry-'))
    const consul = await startConsul({ folder, ports: (await freeServerPorts()).consul })
    return {
      url: consul.url,
      takeAway: () => consul.kill(),
      bringBack: () => consul.start(),
      async close() {
        await consul.stop()
        await rm(folder, { recursive: true })
      },
    }
  },
})

it('tells Consul what else it keeps, and has it look every two seconds', async (context) => {
  const url = needServer(context, 'consul')
  const service = `tea-${randomUUID().slice(0, 8)}`
  const running = await runInstance(service, `${service}-1`)
  const registry = openRegistry(url, { logger: createLogger({ service, level: 'silent' }) })
  await registry.register(running.instance)
  const listed = (await (await fetch(`${url}/v1/agent/service/${running.instance.id}`)).json()) as object
  expect(listed).toMatchObject({ Meta: { contracts: `${service}.v1,${service}.v2`, instance: running.instance.id } })
  const checks = (await (await fetch(`${url}/v1/agent/checks`)).json()) as object
  expect(checks).toMatchObject({ [`ready:${running.instance.id}`]: { Status: 'passing', Type: 'http', Interval: '2s', Timeout: '1s' } })
  await registry.close()
  await running.close()
})
