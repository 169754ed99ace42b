import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configurationFolder } from './configuration-folder.ts'
import type { StackPorts } from './stack-ports.ts'

/** Where a local Prometheus finds the others. */
export interface PrometheusSurroundings {
  readonly ports: StackPorts
  readonly consulUrl: string
}

/**
 * Writes Prometheus's configuration into a folder: that of compose with the addresses of this machine, for Prometheus
 * expands no variables there. Gives the file. Throws when an address to replace is no longer in it.
 */
export async function writePrometheusConfiguration(folder: string, surroundings: PrometheusSurroundings): Promise<string> {
  // Rules taken away since must not stay; the targets, found meanwhile by keepTargets, must.
  await rm(join(folder, 'rules'), { recursive: true, force: true })
  await cp(join(configurationFolder, 'prometheus'), folder, { recursive: true })
  await mkdir(targetsFolder(folder), { recursive: true })
  const file = join(folder, 'prometheus.yaml')
  await writeFile(file, withAddresses(await readFile(file, 'utf8'), surroundings))
  return file
}

/** The folder whose JSON files name targets beside those of Consul. */
export function targetsFolder(folder: string): string {
  return join(folder, 'targets')
}

function withAddresses(text: string, { ports, consulUrl }: PrometheusSurroundings): string {
  const addresses = [
    ['server: consul:8500', `server: ${new URL(consulUrl).host}`],
    ['[localhost:9090]', `['127.0.0.1:${ports.prometheus.http}']`],
    ['[collector:8888]', `['127.0.0.1:${ports.collector.metrics}']`],
    ['[loki:3100]', `['127.0.0.1:${ports.loki.http}']`],
    ['[jaeger:8888]', `['127.0.0.1:${ports.jaeger.metrics}']`],
  ] as const
  return addresses.reduce((configuration, [from, to]) => {
    if (!configuration.includes(from)) throw new Error(`prometheus.yaml no longer holds "${from}", which is replaced here`)
    return configuration.replace(from, to)
  }, text)
}
