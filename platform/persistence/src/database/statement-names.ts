import { createHash } from 'node:crypto'

/**
 * Names SQL texts so that each is parsed and planned once per connection. Only the first texts, up to `limit`, get a
 * name: PostgreSQL keeps a named statement as long as its connection, so text built on the fly must not pile up there.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Gives the name to prepare a text under, or nothing for one that is sent as it is (several statements, or past the limit). */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    if (this.#names.size >= this.#limit || text.includes(';')) return undefined
    const name = createHash('sha1').update(text).digest('base64url')
    this.#names.set(text, name)
    return name
  }

  /** A plan under this name no longer fits its tables: every connection prepares the text afresh, under another name. */
  renew(text: string, staleName: string): void {
    if (this.#names.get(text) !== staleName) return
    const [hash, generation = '0'] = staleName.split('.')
    this.#names.set(text, `${hash}.${Number(generation) + 1}`)
  }
}
