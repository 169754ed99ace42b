import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTopology } from '../system/topology.ts'
import { writeWhole } from '../system/write-whole.ts'

/** Targets as Prometheus's file discovery reads them. */
export interface TargetGroup {
  readonly targets: readonly string[]
  readonly labels: { readonly service: string; readonly instance: string }
}

/**
 * Finds what is to be scraped beside the instances that Consul knows: every instance of the file registry. Nothing while no
 * system runs on the folder.
 */
export async function findTargets(systemFolder: string): Promise<readonly TargetGroup[]> {
  const topology = await readTopology(systemFolder).catch(() => undefined)
  if (topology === undefined || !topology.registryUrl.startsWith('file:')) return []
  return registered(fileURLToPath(topology.registryUrl))
}

/** Writes targets where Prometheus looks for them. */
export async function writeTargets(folder: string, targets: readonly TargetGroup[]): Promise<void> {
  await writeWhole(join(folder, 'found.json'), `${JSON.stringify(targets, undefined, 2)}\n`, { mode: 0o644 })
}

// A folder a service, a file an instance: `<registry>/orders/orders-1a2b3c4d.json`.
async function registered(registry: string): Promise<TargetGroup[]> {
  const files = await readdir(registry, { recursive: true }).catch(() => [])
  const found = await Promise.all(files.filter((name) => name.endsWith('.json')).map((name) => readEntry(join(registry, name))))
  return found.filter((group) => group !== undefined)
}

async function readEntry(file: string): Promise<TargetGroup | undefined> {
  try {
    const { instance } = JSON.parse(await readFile(file, 'utf8')) as { instance: Record<'id' | 'service' | 'host' | 'port', unknown> }
    return {
      targets: [`${String(instance.host)}:${String(instance.port)}`],
      labels: { service: String(instance.service), instance: String(instance.id) },
    }
  } catch {
    // Gone, or not an entry: the next look sees what is there then.
    return undefined
  }
}
