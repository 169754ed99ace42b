import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { requireRegistrable, requireServiceName } from '../checked-instance.ts'
import { measuredHealth } from '../measured-health.ts'
import { openParts } from '../open-parts.ts'
import type { RegistryOptions } from '../registry-options.ts'
import type { Registry } from '../registry.ts'
import { makeFolder } from './entry-file.ts'
import { keepEntry } from './keep-entry.ts'
import { watchFolder } from './watch-folder.ts'

/**
 * Opens a registry in a folder, shared by every process of this machine that opens the same one. `close` deregisters what is
 * still registered here.
 */
export function openFileRegistry(root: string, { logger, checkIntervalMs = 2_000 }: RegistryOptions): Registry {
  const parts = openParts()
  return {
    kind: 'file',
    async register(instance) {
      parts.requireOpen()
      requireRegistrable(instance)
      return parts.addRegistration(keepEntry(instance, { root, logger, checkIntervalMs }))
    },
    watch(service) {
      parts.requireOpen()
      requireServiceName(service)
      return parts.addWatch(watchFolder(service, { root, logger }))
    },
    health: () =>
      measuredHealth(async () => {
        await makeFolder(root)
        await access(root, constants.R_OK | constants.W_OK)
      }),
    close: () => parts.closeAll(),
  }
}
