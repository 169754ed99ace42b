import { Client } from 'pg'
import { advisoryLocks } from '../advisory-locks.ts'
import { connectionOptions } from '../database/connection-options.ts'
import { DatabaseUnavailableError } from '../database/persistence-errors.ts'
import { runStatement } from '../database/run-statement.ts'
import { StatementNames } from '../database/statement-names.ts'

const channel = 'platform_outbox'

/**
 * The connection a relay leads on. The lock lives and dies with it, however its process ends, and everything a leader
 * reads and writes goes through it: who has lost the lock cannot go on.
 */
export class RelaySession implements AsyncDisposable {
  readonly #client: Client
  readonly #names = new StatementNames(50)

  private constructor(client: Client) {
    this.#client = client
  }

  /** Connects. `onWake` is called when another instance has written, and once the connection is lost. */
  static async open({ url, name, onWake }: { url: string; name: string; onWake: () => void }): Promise<RelaySession> {
    const client = new Client({ ...connectionOptions(url, name), query_timeout: 10_000 })
    client.on('error', onWake).on('end', onWake).on('notification', onWake)
    try {
      await client.connect()
      // A host that vanished is noticed, and its lock freed, within half a minute. The outbox is read by its indexes even
      // while the planner still thinks it is empty.
      await client.query(
        'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set enable_seqscan = off',
      )
      return new RelaySession(client)
    } catch (cause) {
      await client.end().catch(() => undefined)
      throw new DatabaseUnavailableError('the relay could not connect', { cause })
    }
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return await runStatement<Row>(this.#client, this.#names, { text, values })
  }

  /** Takes the lead unless another instance has it; a leader hears when others write. */
  async tryToLead(): Promise<boolean> {
    const [lock] = await this.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', advisoryLocks.relay)
    if (lock?.taken !== true) return false
    await this.query(`listen ${channel}`)
    return true
  }

  /** Tells the leader that there is something to send. */
  async tellLeader(): Promise<void> {
    await this.query(`notify ${channel}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end()
  }
}
