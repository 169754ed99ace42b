import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { prepareKeys } from '@deploy/local'
import { expect, it } from 'vitest'
import { openShop } from '../harness/open-shop.ts'
import { repository } from '../harness/shop.ts'

const run = promisify(execFile)
const shop = await openShop({ only: ['users', 'catalogue', 'orders'] })

it('sells to a program that has nothing but tRPC’s own client, at its door and at a service', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'without-ashlar-'))
  try {
    await mkdir(join(folder, 'node_modules', '@trpc'), { recursive: true })
    await symlink(join(repository, 'node_modules', '@trpc', 'client'), join(folder, 'node_modules', '@trpc', 'client'))
    await copyFile(join(import.meta.dirname, 'without-ashlar', 'buy-tea.ts'), join(folder, 'buy-tea.ts'))
    const at = [shop.url, shop.addressOf('catalogue'), await tokenOfOrders()]
    const { stdout } = await run(process.execPath, [join(folder, 'buy-tea.ts'), ...at], { cwd: folder, env: {} })
    expect(stdout.trimEnd().split('\n')).toEqual([
      'signed in: "Grace"',
      'ordered: "once"',
      'refused: "tea-of-the-gods is not sold"',
      'refused: ["lines.0.quantity"]',
      'asked at once: {"requests":1,"skus":["TEA-EARL-GREY"],"orders":[true]}',
      'sold: "Earl Grey"',
      'refused by the service: "tea-of-the-gods"',
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

async function tokenOfOrders(): Promise<string> {
  const { keyFileOf, publicKeysFile } = await prepareKeys({ folder: shop.system.folder, names: ['orders'] })
  const signingKey = await readSigningKey(keyFileOf('orders'))
  return createIdentity({ name: 'orders', signingKey, publicKeys: await readPublicKeys(publicKeysFile) }).tokenFor('catalogue')
}
