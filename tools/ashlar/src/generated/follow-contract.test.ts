import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineContract, query, z } from '@ashlar/contract'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RefusedError } from '../command.ts'
import { followContract } from './follow-contract.ts'

function teas({ version = 1, fields }: { version?: number; fields: readonly string[] }) {
  const output = z.object(Object.fromEntries(fields.map((field) => [field, z.string()])))
  const findTea = query({ input: z.strictObject({}), output, policy: { access: 'open' } })
  return defineContract({ name: 'teas', version, operations: { findTea } })
}

async function emptyFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'follow-'))
  onTestFinished(() => rm(root, { recursive: true }))
  return root
}

describe('what follows from a contract', () => {
  it('lies beside it, that of a later major below', async () => {
    const root = await emptyFolder()
    const paths = async (version: number) => (await followContract(teas({ version, fields: ['leaf'] }), root)).map(({ path }) => path)
    expect(await paths(1)).toEqual(
      expect.arrayContaining([
        'contracts/teas/generated/contract.lock.json',
        'contracts/teas/generated/openapi.rpc.json',
        'contracts/teas/generated/schemas/FindTeaOutput.json',
        'contracts/teas/generated/teas.proto',
      ]),
    )
    expect((await paths(2)).filter((path) => !path.startsWith('contracts/teas/generated/v2/'))).toEqual([])
  })

  it('remembers the field numbers of the lock that is there, in the lock and in protobuf', async () => {
    const root = await emptyFolder()
    const [lock] = await followContract(teas({ fields: ['leaf', 'origin'] }), root)
    await put(root, lock?.text ?? '')
    const after = await followContract(teas({ fields: ['origin', 'price'] }), root)
    const textOf = (name: string) => after.find(({ path }) => path.endsWith(name))?.text ?? ''
    expect(JSON.parse(textOf('contract.lock.json')).protobuf.FindTeaResponse).toEqual({
      fields: { origin: 2, price: 3 },
      reserved: { numbers: [1], names: ['leaf'] },
    })
    expect(textOf('teas.proto')).toMatch(/reserved 1;[\s\S]*reserved "leaf";[\s\S]*origin = 2;[\s\S]*price = 3;/)
  })

  it('is refused where the lock is half of a merge', async () => {
    const root = await emptyFolder()
    await put(root, '<<<<<<< ours\n{}')
    await expect(followContract(teas({ fields: ['leaf'] }), root)).rejects.toThrow(RefusedError)
  })
})

async function put(root: string, lock: string): Promise<void> {
  const folder = join(root, 'contracts/teas/generated')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'contract.lock.json'), lock)
}
