import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedVersions } from '@deploy/local'
import { findServices } from '@tools/dev'
import { describe, expect, it } from 'vitest'
import { compose, composeFolder, composeText, container, mountsOf, running } from './testing/compose-file.ts'

const root = join(composeFolder, '..', '..')
const services = findServices(root)
const own = running.filter(([, { image }]) => image === 'ashlar:local')
const mebibytes = (limit: string): number => Number(/^(\d+)m$/.exec(limit)?.[1])

describe('compose.yaml', () => {
  it('runs every service of the repository, the gateway and the card provider', () => {
    expect(own.map(([name]) => name).toSorted()).toEqual(['card-provider', 'gateway', ...services].toSorted())
    const others: Readonly<Record<string, string>> = { gateway: 'gateway/src/main.ts', 'card-provider': 'tools/card-provider/src/main.ts' }
    const programs = Object.fromEntries(own.map(([name, { command }]) => [name, command]))
    expect(programs).toEqual(Object.fromEntries(own.map(([name]) => [name, [others[name] ?? `services/${name}/src/main.ts`]])))
    expect(Object.values(programs).filter((command = []) => !existsSync(join(root, command.join(' '))))).toEqual([])
  })

  it('gives each its own name as its address, and names none that is another', () => {
    for (const name of [...services, 'gateway'])
      expect(container(name)).toMatchObject({ hostname: name, environment: { HOST: name, REGISTRY_URL: 'http://consul:8500' } })
  })

  it.each(Object.entries(pinnedVersions))('runs the same %s as without containers: %s', (name, version) => {
    const [, tag = ''] = container(name).image.split(':')
    expect(tag.replace(/^v/, '').replace(/-alpine$/, '')).toBe(version)
  })

  it('needs no more than 2.5 GB for all that runs, and 148 MB for each service more than the seven of the shop', () => {
    const limits = running.map(([, { mem_limit: limit }]) => mebibytes(limit))
    expect(limits.every((limit) => limit > 0)).toBe(true)
    expect(limits.reduce((sum, limit) => sum + limit, 0)).toBeLessThanOrEqual(2_560 + 148 * (services.length - 7))
  })

  it('runs nothing beside the services that runs once: all wait until it has ended well', () => {
    const ended = { condition: 'service_completed_successfully' }
    for (const name of services) expect(container(name).depends_on).toMatchObject({ secrets: ended, migrate: ended })
    expect(container('migrate').depends_on).toMatchObject({ secrets: ended })
    expect(container('gateway').depends_on).toMatchObject(
      Object.fromEntries(services.map((name) => [name, { condition: 'service_healthy' }])),
    )
  })

  it('waits for the health of containers only that can tell it, and for the end of those only that end', () => {
    const waits = Object.values(compose.services).flatMap(({ depends_on: needs = {} }) => Object.entries(needs))
    const impossible = waits.filter(([needed, { condition }]) => {
      const { image, healthcheck, restart } = container(needed)
      if (condition !== 'service_healthy') return restart !== 'no'
      return healthcheck?.test === undefined && (image !== 'ashlar:local' || healthcheck?.disable === true)
    })
    expect(waits.length).toBeGreaterThan(40)
    expect(impossible).toEqual([])
  })

  it('starts again what ends, and keeps its lines from filling the disk', () => {
    const kept = { restart: 'unless-stopped', logging: { options: { 'max-size': '10m' } } }
    for (const [, one] of running) expect(one).toMatchObject(kept)
  })

  it('gives the shop’s processes no rights and nothing to write but their volume', () => {
    for (const [, one] of own) expect(one).toMatchObject({ cap_drop: ['ALL'], read_only: true })
  })

  it('is reached from this machine only, and its databases and messages not even so', () => {
    const ports = running.flatMap(([, { ports = [] }]) => ports)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    expect([container('postgres').ports, container('nats').ports]).toEqual([undefined, undefined])
  })
})

describe('what the containers read', () => {
  it('is there, and is what the processes without containers read', () => {
    const files = running.flatMap(([, one]) => mountsOf(one).filter(({ source }) => source.startsWith('.')))
    expect(files.filter(({ source }) => !existsSync(join(composeFolder, source)))).toEqual([])
    expect(files.filter(({ mode }) => mode !== 'ro')).toEqual([])
    const read = files.map(({ source }) => source)
    for (const file of [
      'collector/collector.yaml',
      'loki/loki.yaml',
      'jaeger',
      'prometheus/prometheus.yaml',
      'prometheus/rules',
      'grafana/dashboards',
    ])
      expect(read).toContain(`../../observability/${file}`)
  })

  it('names only containers that there are, at ports they listen on', () => {
    const texts = [
      composeText,
      ...['collector/collector.yaml', 'prometheus/prometheus.yaml', 'grafana/provisioning/datasources/datasources.yaml'].map((file) =>
        readFileSync(join(root, 'observability', file), 'utf8'),
      ),
    ]
    const listening = [
      'collector:8888',
      'collector:4318',
      'loki:3100',
      'jaeger:8888',
      'jaeger:4318',
      'jaeger:16686',
      'prometheus:9090',
      'consul:8500',
      'card-provider:8000',
    ]
    const named = texts.flatMap((text) =>
      [...text.matchAll(/(?:http:\/\/|server: |targets: \[)([a-z][\w-]*:\d+)/g)].map(([, address = '']) => address),
    )
    expect(new Set(named).size).toBeGreaterThan(7)
    expect(named.filter((address) => !address.startsWith('localhost:') && !listening.includes(address))).toEqual([])
    expect(listening.map((address) => address.split(':')[0]!).filter((name) => compose.services[name] === undefined)).toEqual([])
  })
})
