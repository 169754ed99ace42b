import { expect, it } from 'vitest'
import { readAnnouncement } from './announcement.ts'

it.each([
  ['{"event":"ready","host":"127.0.0.1","port":4711,"msg":"ready"}', 'http://127.0.0.1:4711'],
  ['{"event":"ready","url":"http://127.0.0.1:4760"}', 'http://127.0.0.1:4760'],
  ['{"event":"request","msg":"ready"}', undefined],
  ['ready', undefined],
  ['{"ready"', undefined],
])('reads %s as %s', (line, url) => {
  expect(readAnnouncement(line)).toBe(url)
})
