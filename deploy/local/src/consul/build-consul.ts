import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runTool } from '../obtain/run-tool.ts'
import type { OnProgress } from '../obtain/ways.ts'

const linesPerReport = 200
const pinnedModule = join(import.meta.dirname, '..', '..', 'consul')

/**
 * Builds Consul with Go from the module pinned in `deploy/local/consul`, whose go.sum verifies every part of it. The
 * first time takes about four minutes and some 2 GB of Go's caches. Gives the path of the program.
 */
export async function buildConsul(program: string, onProgress: OnProgress): Promise<string> {
  const cwd = dirname(program)
  for (const file of ['go.mod', 'go.sum']) await copyFile(join(pinnedModule, file), join(cwd, file))
  const startedAt = performance.now()
  let packages = 0
  const args = ['build', '-v', '-trimpath', '-ldflags=-s -w', '-o', program, 'github.com/hashicorp/consul']
  onProgress('building Consul from its Go module (about 4 minutes the first time)')
  await runTool('go', args, {
    cwd,
    env: { GOFLAGS: '-mod=readonly', GOWORK: 'off' },
    onLine() {
      packages += 1
      if (packages % linesPerReport === 0)
        onProgress(`building Consul: ${packages} packages after ${Math.round((performance.now() - startedAt) / 1000)} s`)
    },
  })
  return program
}
