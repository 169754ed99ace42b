import { expect, it } from 'vitest'
import { createServer } from 'node:net'
import { findFreePorts } from '@deploy/local'
import { usualPorts } from './system-ports.ts'

it('moves the gateway with the other ports, so that two checkouts never want the same one', async () => {
  const [free = 0] = await findFreePorts(1)
  const base = free - 90

  await expect(usualPorts(base)).resolves.toMatchObject({ gateway: free, cardProvider: base + 60 })
})

it('gives the gateway a free port where its usual one is taken', async () => {
  const other = createServer()
  const taken = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      const address = other.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })

  const { gateway } = await usualPorts(taken - 90)
  other.close()

  expect(gateway).not.toBe(taken)
  expect(gateway).toBeGreaterThan(0)
})
