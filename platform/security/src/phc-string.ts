/** An argon2id hash with everything needed to check it: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export interface PhcString {
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
  readonly salt: Buffer
  readonly hash: Buffer
}

const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

/** Reads a PHC string; `undefined` when it is not argon2id version 19 in that form. */
export function parsePhc(text: string): PhcString | undefined {
  const [, memory, passes, lanes, salt, hash] = form.exec(text) ?? []
  if (memory === undefined || passes === undefined || lanes === undefined || salt === undefined || hash === undefined) return undefined
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

/** Writes a PHC string: base64 without padding, parameters in the order argon2 gives them. */
export function formatPhc({ memoryKiB, passes, lanes, salt, hash }: PhcString): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
