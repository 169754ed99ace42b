import { inflateRawSync } from 'node:zlib'

const centralEntry = 0x02014b50
const endOfDirectory = 0x06054b50

/**
 * Takes one file out of a zip archive (a wheel is one): the first whose name ends as asked. Reads archives below 4 GB,
 * stored or deflated (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT). Throws when there is no such file.
 */
export function unzipOne(archive: Buffer, nameEndsWith: string): Buffer {
  const end = archive.lastIndexOf(le32(endOfDirectory))
  if (end < 0) throw new Error('this is not a zip archive')
  let entry = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(entry) !== centralEntry) throw new Error('this zip archive is damaged')
    const nameLength = archive.readUInt16LE(entry + 28)
    const name = archive.toString('utf8', entry + 46, entry + 46 + nameLength)
    if (name.endsWith(nameEndsWith)) return contentOf(archive, entry)
    entry += 46 + nameLength + archive.readUInt16LE(entry + 30) + archive.readUInt16LE(entry + 32)
  }
  throw new Error(`no file named …${nameEndsWith} is in this archive`)
}

function contentOf(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10)
  const packedLength = archive.readUInt32LE(entry + 20)
  const local = archive.readUInt32LE(entry + 42)
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const packed = archive.subarray(start, start + packedLength)
  if (method === 0) return packed
  if (method === 8) return inflateRawSync(packed)
  throw new Error(`this zip archive uses method ${method}, which is not read here`)
}

function le32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
