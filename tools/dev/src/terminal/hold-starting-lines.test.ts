import { expect, it } from 'vitest'
import { holdStartingLines, type Shown } from './hold-starting-lines.ts'

function terminal() {
  const shown: string[] = []
  const orders: { -readonly [Property in keyof Shown]: Shown[Property] } = { isReady: false, pid: 1 }
  const show = (_name: string, line: string): void => void shown.push(line)
  const lines = holdStartingLines({ processOf: (name) => (name === 'orders' ? orders : undefined), onLine: show, onNote: show })
  return { shown, orders, lines }
}

it('drops what a process said that ended before it was ready: the note tells it', () => {
  const { shown, orders, lines } = terminal()
  using _held = lines
  lines.onLine('orders', 'Error: no database')
  expect(shown).toEqual([])
  orders.pid = undefined
  lines.onNote('orders', 'same error, attempt 2')
  expect(shown).toEqual(['same error, attempt 2'])
})

it('shows the lines of one that came up, in their order, and every later line at once', () => {
  const { shown, orders, lines } = terminal()
  using _held = lines
  lines.onLine('orders', 'registered')
  orders.isReady = true
  lines.onNote('orders', 'runs again')
  lines.onLine('orders', 'GET /')
  expect(shown).toEqual(['registered', 'runs again', 'GET /'])
})

it('shows, after a while, what one says that starts and starts', async () => {
  const { shown, lines } = terminal()
  using _held = lines
  lines.onLine('orders', 'waiting for the broker')
  await expect.poll(() => shown, { timeout: 10_000 }).toEqual(['waiting for the broker'])
})

it('holds nothing back of anybody else, such as a server', () => {
  const { shown, lines } = terminal()
  lines.onNote('PostgreSQL', 'ended')
  lines.onLine('PostgreSQL', 'checkpoint')
  expect(shown).toEqual(['ended', 'checkpoint'])
})
