import { afterAll, beforeEach } from 'vitest'
import './matchers.ts'
import { startShop, type StartedShop, type StartShopOptions } from './shop.ts'

const shownLines = 12

/** Opens one shop for all tests of a file and closes it after the last. When a test fails, what its processes said last is printed. */
export async function openShop(options: StartShopOptions = {}): Promise<StartedShop> {
  const shop = await startShop(options)
  afterAll(() => shop.stop())
  beforeEach(({ onTestFailed }) => onTestFailed(() => console.error(lastWords(shop))))
  return shop
}

function lastWords({ logs }: StartedShop): string {
  return [...logs].map(([process, lines]) => [`${process} said last:`, ...lines.slice(-shownLines)].join('\n  ')).join('\n')
}
