import type { Random } from './random.ts'

/** Makes a text of a format of JSON Schema, of a length where the format leaves a choice; `undefined` for a format that is not known here. */
export function textOfFormat(format: string, random: Random, length = 0): string | undefined {
  const hex = (digits: number): string => Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join('')
  const two = (most: number, least = 0): string => String(random.int(least, most)).padStart(2, '0')
  const day = (): string => `${random.int(1970, 2099)}-${two(12, 1)}-${two(28, 1)}`
  const word = (rest: number): string => hex(8).padEnd(length - rest, 'x')
  switch (format) {
    case 'uuid':
      // as ids are made here: version 7
      return `${hex(8)}-${hex(4)}-7${hex(3)}-a${hex(3)}-${hex(12)}`
    case 'date-time':
      return `${day()}T${two(23)}:${two(59)}:${two(59)}.${hex(3).replaceAll(/[a-f]/g, '0')}Z`
    case 'date':
      return day()
    case 'time':
      return `${two(23)}:${two(59)}:${two(59)}`
    case 'duration':
      return `PT${random.int(1, 59)}M`
    case 'email':
      return `${word('@example.com'.length)}@example.com`
    case 'uri':
      return `https://example.com/${word('https://example.com/'.length)}`
    case 'hostname':
      return `${hex(8)}.example.com`
    case 'ipv4':
      return `192.0.2.${random.int(0, 255)}`
    case 'ipv6':
      return `2001:db8::${random.int(1, 9)}${hex(3)}`
    default:
      return undefined
  }
}

/** Texts of a format that are rarely thought of. */
export const edgesOfFormat: Readonly<Record<string, readonly (readonly [about: string, text: string])[]>> = {
  uuid: [
    ['all zeros', '00000000-0000-0000-0000-000000000000'],
    ['all ones', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
    ['capital letters', '0195A2C4-7B1E-7F00-A000-00000000CAFE'],
  ],
  email: [
    ['a quote', "o'hara@example.com"],
    ['a tag and capital letters', 'Ada+Tea@Example.COM'],
  ],
  uri: [
    ['a port, a query and a fragment', 'http://example.com:8080/a/b?c=d#e'],
    ['encoded letters', 'https://example.com/%E7%B4%85%E8%8C%B6'],
  ],
  'date-time': [
    ['the first year', '0001-01-01T00:00:00Z'],
    ['a leap day', '2024-02-29T12:00:00Z'],
    ['the last moment, finely', '9999-12-31T23:59:59.999999Z'],
  ],
}
