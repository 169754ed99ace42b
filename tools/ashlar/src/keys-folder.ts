import { fileURLToPath } from 'node:url'

/** Where the shop that runs here keeps its keys. */
export const keysFolder: string = fileURLToPath(new URL('../../../.ashlar/keys', import.meta.url))
