import { Client } from 'pg'

/** Reads rows out of a running system's database, in a transaction that can change nothing: for the ledger's check. */
export async function readRows<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin read only')
    const { rows } = await client.query<Row>(sql)
    return rows
  } finally {
    await client.end()
  }
}
