import { fileURLToPath } from 'node:url'
import type { MigrationFolder } from '@ashlar/persistence'

/** Gives the migrations of the saga tables. Pass it after `platformMigrations()`. */
export function sagaMigrations(): MigrationFolder & { readonly name: 'saga' } {
  return { name: 'saga', path: fileURLToPath(new URL('../migrations', import.meta.url)) }
}
