import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Answer, type AnyAnswer } from '@ashlar/contract'
import { readEnvelope, replyEnvelope, type Envelope } from '@ashlar/messaging'
import { migrate, openDatabase, platformMigrations, receiveOnce, type Database } from '@ashlar/persistence'
import { createIdentity, generateSigningKey, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'
import { createTestDatabase } from '@deploy/local/testing'
import { createLogger, createTelemetry, runInContext, type Logger, type Telemetry, type TraceContext } from '@observability/telemetry'
import type { SagaDefinition } from '../definition.ts'
import { startSagaEngine, type SagaEngine } from '../engine/start-saga-engine.ts'
import { sagaMigrations } from '../saga-migrations.ts'
import { createSagas, type Sagas } from '../sagas.ts'
import { checkoutOf, type Told } from './checkout-cases.ts'

export const silent: Logger = createLogger({ service: 'test', level: 'silent' })
export const done: AnyAnswer = Answer.ok({ receipt: 'r' })
export const refusal = (code: string): AnyAnswer => Answer.failed(code, { why: 'so' })

/** Writes each ending into a table, in the transaction it is told in. */
export const tellsTable: Told = {
  async ended({ orderId, how, reason }, tx) {
    await tx.query('insert into ended (order_id, how, reason) values ($1, $2, $3)', [orderId, how, reason ?? null])
  },
}

/** Makes the identity of a service with a key of its own. */
export async function testIdentity(name = 'orders'): Promise<Identity> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-saga-'))
  try {
    const { privateJwk, publicJwk } = await generateSigningKey(name)
    const [signing, published] = [join(folder, 'key.json'), join(folder, 'keys.json')]
    await writeFile(signing, JSON.stringify(privateJwk))
    await writeFile(published, JSON.stringify({ keys: [publicJwk] }))
    return createIdentity({ name, signingKey: await readSigningKey(signing), publicKeys: await readPublicKeys(published) })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A database of a test's own with sagas in it; the test plays the participants. */
export class SagaGround {
  readonly url: string
  readonly database: Database
  readonly identity: Identity
  readonly sagas: Sagas
  private readonly drop: () => Promise<void>

  private constructor(parts: { url: string; database: Database; identity: Identity; drop: () => Promise<void> }) {
    this.url = parts.url
    this.database = parts.database
    this.identity = parts.identity
    this.drop = parts.drop
    this.sagas = createSagas({ service: 'orders', identity: parts.identity })
  }

  static async make(name: string): Promise<SagaGround> {
    const created = await createTestDatabase(name)
    await migrate({ url: created.url, folders: [platformMigrations(), sagaMigrations()] })
    const database = openDatabase({ url: created.url, name, poolSize: 12 })
    await database.query('create table ended (order_id text not null, how text not null, reason text)')
    return new SagaGround({ url: created.url, database, identity: await testIdentity(), drop: () => created.drop() })
  }

  engine(options: { definitions?: readonly SagaDefinition[]; told?: Told; service?: string; telemetry?: Telemetry } = {}): SagaEngine {
    const {
      definitions = [checkoutOf({ timeoutMs: 600_000 })],
      told = tellsTable,
      service = 'orders',
      telemetry = createTelemetry(service),
    } = options
    const { database, identity } = this
    return startSagaEngine({ database, definitions, needs: told, service, identity, logger: silent, telemetry })
  }

  /** Starts a saga whose timers are too long to matter, unless the test moves them. */
  starts(orderId: string, definition: SagaDefinition = checkoutOf({ timeoutMs: 600_000 })): Promise<string> {
    return this.database.transaction((tx) => this.sagas.start(definition, { orderId, receipts: [] }, { tx }))
  }

  /** Every command a saga has sent, oldest first. */
  async commands(sagaId: string): Promise<Envelope[]> {
    const rows = await this.database.query<{ payload: string }>(
      `select payload from platform.outbox where ordering_key = 'command/' || $1 order by id`,
      [sagaId],
    )
    return rows.map((row) => readEnvelope(row.payload))
  }

  /** The step in hand is answered, as the service runtime brings it: inbox row and transition in one transaction. */
  async answers(engine: SagaEngine, sagaId: string, answer: AnyAnswer): Promise<Envelope> {
    const command = (await this.commands(sagaId)).at(-1)
    if (command === undefined) throw new Error(`saga ${sagaId} has sent nothing`)
    const reply = readEnvelope(JSON.stringify(replyEnvelope({ service: 'orders', command, answer })))
    await this.delivers(engine, reply)
    return reply
  }

  /** A reply whose signature was checked; the service that every step of the example is sent to signed it, unless said. */
  async delivers(engine: SagaEngine, reply: Envelope, signer = 'orders'): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await receiveOnce(tx, { consumer: 'replies', source: reply.source, id: reply.id }))
        await engine.applyReply(tx, { envelope: reply, signer })
    })
  }

  /** The time of the step in hand is over. */
  async timePasses(sagaId?: string): Promise<void> {
    await this.database.query(
      'update platform.saga set next_wake_at = now() where next_wake_at is not null and ($1::uuid is null or id = $1::uuid)',
      [sagaId ?? null],
    )
  }

  async standing(sagaId: string): Promise<string> {
    const [row] = await this.database.query<{ standing: string }>(
      `select concat_ws(' ', status, direction, step, 'attempt', attempt) as standing from platform.saga where id = $1`,
      [sagaId],
    )
    return row?.standing ?? 'gone'
  }

  async ended(): Promise<object[]> {
    return this.database.query('select order_id, how, reason from ended order by order_id, how')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.close()
    await this.drop()
  }
}

/** Does something inside a span, as a call or a message that is traced does it, and gives the span's place. */
export async function inSpanOf(name: string, work: () => Promise<unknown>): Promise<TraceContext> {
  const span = createTelemetry('orders').tracing.start(name, { kind: 'internal' })
  await runInContext({ requestId: `request of ${name}`, trace: span.trace, span }, work)
  span.end()
  return span.trace
}

/** Waits until something holds, 20 s at most; then says what it last was. */
export async function until<Value>(read: () => Promise<Value> | Value, holds: (value: Value) => boolean): Promise<Value> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (performance.now() > deadline) throw new Error(`it never came to hold; last seen: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
