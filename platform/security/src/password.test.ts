import { createHook } from 'node:async_hooks'
import { argon2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashPassword, PasswordHashUnreadableError, verifyPassword } from './password.ts'
import { formatPhc, parsePhc } from './phc-string.ts'

describe('passwords', () => {
  it('are kept as argon2id with 19 MiB and two passes, each with its own salt', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
  })

  it('are told apart', async () => {
    const phc = await hashPassword('correct horse')
    expect(await verifyPassword('correct horse', phc)).toEqual({ valid: true, needsRehash: false })
    expect(await verifyPassword('correct horse ', phc)).toEqual({ valid: false, needsRehash: false })
    expect(await verifyPassword('', phc)).toEqual({ valid: false, needsRehash: false })
  })

  it('are one however the keyboard composed them', async () => {
    expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toMatchObject({ valid: true })
  })

  it('ask for a new hash when the stored one was cheaper, and only when they are right', async () => {
    const salt = Buffer.from('a salt of 16 byt')
    const hash = argon2Sync('argon2id', { message: 'correct horse', nonce: salt, memory: 8_192, passes: 1, parallelism: 1, tagLength: 32 })
    const cheap = formatPhc({ memoryKiB: 8_192, passes: 1, lanes: 1, salt, hash })
    expect(await verifyPassword('correct horse', cheap)).toEqual({ valid: true, needsRehash: true })
    expect(await verifyPassword('wrong', cheap)).toEqual({ valid: false, needsRehash: false })
  })

  it('read hashes made elsewhere', async () => {
    // Test vector of the reference implementation (argon2id, t=2, m=2^16, p=1, "password", "somesalt").
    const elsewhere = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', elsewhere)).toEqual({ valid: true, needsRehash: true })
  })

  it('cost an unknown user the same work as a known one', async () => {
    const phc = await hashPassword('other')
    const hashings: string[] = []
    const watch = createHook({ init: (_id, type) => void (type.startsWith('ARGON2') && hashings.push(type)) }).enable()
    expect(await verifyPassword('correct horse', phc)).toEqual({ valid: false, needsRehash: false })
    expect(hashings).toHaveLength(1)
    expect(await verifyPassword('correct horse', undefined)).toEqual({ valid: false, needsRehash: false })
    watch.disable()
    expect(hashings).toHaveLength(2)
  })

  it('are not compared with what is no hash, nor with one that asks for too much memory', async () => {
    for (const unreadable of [
      '',
      'secret',
      '$2b$10$abcdefghijklmnopqrstuv',
      '$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ]) {
      const error = await verifyPassword('x', unreadable).catch((refusal: unknown) => refusal)
      expect(error).toBeInstanceOf(PasswordHashUnreadableError)
      expect((error as Error).message).not.toContain('$')
    }
  })

  it('keep every part through a PHC string', async () => {
    const text = await hashPassword('x')
    expect(formatPhc(parsePhc(text)!)).toBe(text)
  })
})
