import { join } from 'node:path'

/** Where the servers' configurations are: the same files that compose mounts. */
export const configurationFolder = join(import.meta.dirname, '..', '..', '..', '..', 'observability')
