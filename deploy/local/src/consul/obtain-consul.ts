import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtByGo } from '../obtain/build-go-program.ts'
import { fromCache, intoCache, type Maker, type Pinned } from '../obtain/cached.ts'
import { fetchRelease } from '../obtain/fetch-archive.ts'
import { fromPath } from '../obtain/from-path.ts'
import { oneBuildAtATime } from '../obtain/one-build-at-a-time.ts'
import { unzipOne } from '../obtain/unzip.ts'
import { obtain, type OnProgress, type Program, type Way } from '../obtain/ways.ts'
import { unlessTriedToday } from './unless-tried-today.ts'

export const consulVersion = '1.22.0'
const pinned: Pinned = { program: 'consul', version: consulVersion }
const exe = process.platform === 'win32' ? 'consul.exe' : 'consul'

/** How far to go for Consul: only what takes seconds, or also minutes of building. */
export type ConsulEffort = 'quick' | 'build'

/** The ways to Consul, in the order they are tried. */
export function waysToConsul(effort: ConsulEffort): readonly Way[] {
  const near = [fromPath({ program: 'consul', atLeast: '1.15.0' }), fromCache(pinned)]
  const download = intoCache(pinned, release)
  return effort === 'quick' ? [...near, unlessTriedToday(download)] : [...near, download, oneBuildAtATime(pinned, intoCache(pinned, build))]
}

/** Finds or fetches Consul. Throws `ServerUnavailableError`. */
export function obtainConsul(effort: ConsulEffort, onProgress: OnProgress): Promise<Program> {
  return obtain(`Consul ${consulVersion}`, waysToConsul(effort), onProgress)
}

const release: Maker = {
  description: 'the release archive on releases.hashicorp.com',
  origin: 'release archive',
  async make(scratch, onProgress) {
    const page = `https://releases.hashicorp.com/consul/${consulVersion}/consul_${consulVersion}`
    const system = process.platform === 'win32' ? 'windows' : process.platform
    const machine = process.arch === 'x64' ? 'amd64' : process.arch
    const archive = await fetchRelease({ archiveUrl: `${page}_${system}_${machine}.zip`, checksumsUrl: `${page}_SHA256SUMS` }, onProgress)
    await writeFile(join(scratch, exe), unzipOne(archive, exe))
    return join(scratch, exe)
  },
}

// leaves some 2 GB in Go's caches
const build = builtByGo({ title: 'Consul', module: 'consul', package: 'github.com/hashicorp/consul', takes: 'about 4 minutes' })
