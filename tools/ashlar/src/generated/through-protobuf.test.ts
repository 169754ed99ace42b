import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protobufComplaints } from '@ashlar/contract-artifacts/testing'
import { expect, it } from 'vitest'
import { allContracts } from '../all-contracts.ts'
import { repositoryRoot } from './write-or-check.ts'

type ProtoFile = Parameters<typeof protobufComplaints>[1]

it.each(await allContracts())('every value of $id comes through its protobuf as it was', async (contract) => {
  const path = join(repositoryRoot, 'contracts', contract.name, 'generated', `${contract.name}.proto.json`)
  const { values, complaints } = protobufComplaints(contract, JSON.parse(await readFile(path, 'utf8')) as ProtoFile)
  expect(complaints).toEqual([])
  expect(values).toBeGreaterThan(100)
})
