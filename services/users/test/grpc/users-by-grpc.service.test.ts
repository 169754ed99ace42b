import { execFile } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase, needTool, ownFolder, testServers, type TestDatabase } from '@deploy/local/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startUsersAtWork, type UsersAtWork } from './users-at-work.ts'

const run = promisify(execFile)
const ada = '01935b00-0001-7000-8000-000000000001'
const nobodys = '01935b00-0001-7000-8000-00000000ffff'
const proto = fileURLToPath(new URL('../../../../contracts/users/generated/users.proto', import.meta.url))

let own: TestDatabase
let users: UsersAtWork
let token: string
beforeAll(async () => {
  own = await createTestDatabase('users')
  users = await startUsersAtWork({ databaseUrl: own.url, natsUrl: testServers().natsUrl })
  token = await users.tokenOf('notifications')
  await users.database.query(
    `insert into users (id, email, name, password_hash, created_at) values ($1, 'ada@example.com', 'Ada', '-', '2026-01-01T12:00:00Z')`,
    [ada],
  )
})
afterAll(async () => {
  await users[Symbol.asyncDispose]()
  await own.drop()
})

interface Answered {
  readonly status: number
  readonly body: unknown
}

async function askJson(input: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${users.url}/users.v1.UsersService/GetUser`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(input),
  })
  return { status: response.status, body: await response.json() }
}

const counted = async (status: string): Promise<number> => {
  const text = await (await fetch(`${users.url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith('rpc_server_call_duration_seconds_count{'))
  const own = lines.find((line) => line.includes('users.v1/getUser') && line.includes(`"${status}"`) && line.includes('notifications'))
  return Number(own?.split(' ')[1] ?? 0)
}

/** Does something while the table of users is held by somebody else. */
async function whileHeld<Result>(work: () => Promise<Result>): Promise<Result> {
  const { promise: done, resolve: finish } = Promise.withResolvers<void>()
  const { promise: held, resolve: hold } = Promise.withResolvers<void>()
  const holding = users.database.transaction(async (tx) => {
    await tx.query('lock table users in access exclusive mode')
    hold()
    await done
  })
  await held
  try {
    return await work()
  } finally {
    finish()
    await holding
  }
}

describe('a program in Python, made from users.proto', () => {
  it('gets a user, and hears in codes and details why it does not', async (context) => {
    const python = await needTool(context, 'python-generators')
    const folder = await ownFolder()
    for (const file of ['details.proto', 'ask_users.py']) await copyFile(join(import.meta.dirname, file), join(folder, file))
    await copyFile(proto, join(folder, 'users.proto'))
    const made = ['-m', 'grpc_tools.protoc', '-I.', '--python_out=.', '--grpc_python_out=.', 'users.proto', 'details.proto']
    await run(python.file, made, { cwd: folder })
    const before = await counted('NOT_FOUND')
    const told = async (seconds: string): Promise<unknown> => {
      const args = ['ask_users.py', `127.0.0.1:${users.grpcPort}`, token, ada, nobodys, seconds]
      const { stdout } = await run(python.file, args, { cwd: folder })
      return JSON.parse(stdout)
    }
    expect(await told('20')).toEqual({
      known: { id: ada, email: 'ada@example.com', name: 'Ada' },
      unknown: { code: 'NOT_FOUND', reason: 'user_not_found', domain: 'users.v1' },
      nobody: { code: 'UNAUTHENTICATED', reason: 'unauthenticated', domain: 'platform' },
      'no id': { code: 'INVALID_ARGUMENT', reason: 'invalid_input', domain: 'platform' },
      'sign out': { code: 'PERMISSION_DENIED', reason: 'forbidden', domain: 'platform' },
    })
    // counted like calls by any other wire
    expect(await counted('NOT_FOUND')).toBe(before + 1)
    expect(await whileHeld(() => told('0.4'))).toMatchObject({
      known: { code: 'DEADLINE_EXCEEDED' },
      nobody: { code: 'UNAUTHENTICATED' },
    })
  })
})

describe('a caller with nothing but JSON', () => {
  it('gets a user', async () => {
    const expected = { id: ada, email: 'ada@example.com', name: 'Ada', createdAt: '2026-01-01T12:00:00.000Z' }
    expect(await askJson({ userId: ada })).toEqual({ status: 200, body: expected })
  })

  it('hears a declared error by its own code', async () => {
    expect(await askJson({ userId: nobodys })).toMatchObject({
      status: 404,
      body: { code: 'not_found', details: [{ type: 'google.rpc.ErrorInfo', debug: { reason: 'user_not_found', domain: 'users.v1' } }] },
    })
  })

  it('is known by its token alone, and is allowed what the contract allows', async () => {
    expect(await askJson({ userId: ada }, { authorization: 'Bearer nonsense' })).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    })
    const other = await users.tokenOf('orders')
    expect(await askJson({ userId: ada }, { authorization: `Bearer ${other}` })).toMatchObject({ status: 403 })
  })

  it('hears that its time is over while the database is still busy', async () => {
    const before = await counted('GATEWAY_TIMEOUT')
    const late = await whileHeld(() => askJson({ userId: ada }, { 'connect-timeout-ms': '300' }))
    expect(late).toMatchObject({ body: { code: 'deadline_exceeded', details: [{ debug: { reason: 'deadline_exceeded' } }] } })
    expect(await counted('GATEWAY_TIMEOUT')).toBe(before + 1)
  })
})

it('a browser’s gRPC-Web is answered at the ordinary door', async () => {
  // a frame of its own: one byte of flags, four of length, then field 1 of the request, a text of 36 bytes
  const message = Buffer.concat([Buffer.of(0x0a, 36), Buffer.from(ada)])
  const frame = Buffer.concat([Buffer.of(0, 0, 0, 0, message.length), message])
  const response = await fetch(`${users.url}/users.v1.UsersService/GetUser`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', authorization: `Bearer ${token}` },
    body: frame,
  })
  const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
  expect(text).toContain('ada@example.com')
  expect(text).toMatch(/grpc-status: ?0\r\n/)
})
