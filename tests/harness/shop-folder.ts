import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removePostgresFolder } from '@deploy/local'

/** The folder of one shop: its keys, registry, mail and data. */
export interface ShopFolder {
  readonly path: string
  /** Removes it, and what PostgreSQL keeps for it elsewhere. Safe to repeat. */
  remove(): Promise<void>
}

export async function makeShopFolder(): Promise<ShopFolder> {
  const path = await mkdtemp(join(tmpdir(), 'shop-'))
  return {
    path,
    async remove() {
      await removePostgresFolder(path)
      await rm(path, { recursive: true, force: true })
    },
  }
}
