import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { linkPackages } from '@tools/ashlar/copy-of-checkout'
import { repository } from '../harness/shop.ts'

const run = promisify(execFile)

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly link?: boolean }>>
}

/** Gives a checkout the packages it needs: links to those installed here where these are the same, else an installation of its own. */
export async function providePackages(root: string): Promise<void> {
  const [wanted, here] = await Promise.all([root, repository].map(installedBy))
  const isHere = [...(wanted ?? [])].every(([path, version]) => here?.get(path) === version)
  if (isHere) return linkPackages(join(repository, 'node_modules'), join(root, 'node_modules'))
  console.warn('it needs packages that are not installed here: npm ci')
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: root, maxBuffer: 16 * 1024 * 1024 })
}

/** What a checkout's lock file has installed from elsewhere, by place. */
async function installedBy(root: string): Promise<ReadonlyMap<string, string>> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock
  return new Map(
    Object.entries(packages).flatMap(([path, { version, link }]) =>
      path.includes('node_modules/') && link !== true && version !== undefined ? [[path, version] as const] : [],
    ),
  )
}
