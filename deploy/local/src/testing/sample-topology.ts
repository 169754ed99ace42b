import type { Topology } from '../system/topology.ts'

/** A shop of one service that runs in this process, at the usual ports: for tests of what is said of one. */
export const sampleTopology: Topology = {
  startedAt: '2026-01-01T12:00:00.000Z',
  pid: process.pid,
  gatewayUrl: 'http://127.0.0.1:8080',
  natsUrl: 'nats://127.0.0.1:4722',
  registryUrl: 'http://127.0.0.1:4750',
  cardProviderUrl: 'http://127.0.0.1:4760',
  postgresUrl: 'postgres://127.0.0.1:4732',
  services: ['orders'],
}
