import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { readPortBase } from '../ports.ts'
import { otherPortBase } from './other-port-base.ts'
import { isFree } from './is-free.ts'

it('does not suggest the base whose port is in use, nor one where anything else listens', async () => {
  const base = await otherPortBase(8080)
  expect(readPortBase(String(base))).toBe(base)
  expect(await otherPortBase(base + 22)).not.toBe(base)

  expect(await isFree(base + 50)).toBe(true)
  await using other = createServer().listen(base + 50, '127.0.0.1')
  await once(other, 'listening')
  expect(await otherPortBase(8080)).not.toBe(base)
})
