import { expect, it } from 'vitest'
import { registrationBody } from './registration-body.ts'

const instance = { id: 'tea-1', service: 'tea', host: '127.0.0.1', port: 80, contracts: ['tea.v1'] }

it('says at which ports other wires are spoken, as text, and nothing where there are none', () => {
  const spoken = registrationBody({ ...instance, ports: { grpc: 50_051 } }, 'critical', 1_000)
  expect(spoken).toMatchObject({ Port: 80, Meta: { contracts: 'tea.v1', instance: 'tea-1', grpc_port: '50051' } })
  expect(registrationBody(instance, 'critical', 1_000)).toMatchObject({ Meta: { contracts: 'tea.v1', instance: 'tea-1' } })
  expect(JSON.stringify(registrationBody(instance, 'critical', 1_000))).not.toContain('_port')
})
