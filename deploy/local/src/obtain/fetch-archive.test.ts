import { expect, it } from 'vitest'
import { checksumFor } from './fetch-archive.ts'

const list = 'aaaa  consul_1.22.0_linux_arm64.zip\nbbbb *consul_1.22.0_linux_amd64.zip\n'

it('finds the line of its own file, text or binary form', () => {
  expect(checksumFor(list, 'consul_1.22.0_linux_arm64.zip')).toBe('aaaa')
  expect(checksumFor(list, 'consul_1.22.0_linux_amd64.zip')).toBe('bbbb')
})

it('refuses an archive nobody vouches for', () => {
  expect(() => checksumFor(list, 'consul_1.22.0_plan9_amd64.zip')).toThrow('do not name consul_1.22.0_plan9_amd64.zip')
})

it('takes a checksum that stands alone, but no other text that names nothing', () => {
  const alone = 'c'.repeat(64)
  expect(checksumFor(`${alone}\n`, 'otelcol_0.160.0_linux_amd64.tar.gz')).toBe(alone)
  expect(() => checksumFor('<html>Not found</html>', 'otelcol_0.160.0_linux_amd64.tar.gz')).toThrow('do not name')
})
