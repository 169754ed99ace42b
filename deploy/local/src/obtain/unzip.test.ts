import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { unzipOne } from './unzip.ts'

interface Entry {
  readonly name: string
  readonly text: string
  readonly stored?: boolean
}

function zipOf(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, stored = false } of entries) {
    const packed = stored ? Buffer.from(text) : deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(stored ? 0 : 8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(at, 42)
    files.push(local, Buffer.from(name), packed)
    directory.push(central, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, ...directory, end])
}

const archive = zipOf([
  { name: 'thing/LICENSE', text: 'do as you please' },
  { name: 'thing/scripts/server', text: 'a program, '.repeat(100) },
  { name: 'thing/origin', text: 'stored as it is', stored: true },
])

it('takes out the file that is asked for, packed or not', () => {
  expect(unzipOne(archive, '/scripts/server').toString()).toBe('a program, '.repeat(100))
  expect(unzipOne(archive, '/origin').toString()).toBe('stored as it is')
})

it('says which file is not there', () => {
  expect(() => unzipOne(archive, '/nats-server')).toThrow('no file named …/nats-server')
})

it('says when it is given something else', () => {
  expect(() => unzipOne(Buffer.from('<html>not found</html>'), 'x')).toThrow('not a zip archive')
})
