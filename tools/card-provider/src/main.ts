import { LedgerCorruptError } from './ledger-file.ts'
import { startCardProvider } from './start-card-provider.ts'

const { CARD_PROVIDER_HOST = '127.0.0.1', CARD_PROVIDER_PORT = '0', CARD_PROVIDER_LEDGER_FILE: ledgerFile } = process.env
if (ledgerFile === undefined || ledgerFile === '')
  throw new Error('CARD_PROVIDER_LEDGER_FILE is missing: name the file the ledger is kept in')

try {
  const provider = await startCardProvider({ host: CARD_PROVIDER_HOST, port: Number(CARD_PROVIDER_PORT), ledgerFile })
  console.log(JSON.stringify({ service: 'card-provider', event: 'ready', url: provider.url }))

  const stop = (): void => void provider.close()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  if (!(error instanceof LedgerCorruptError)) throw error
  // Its message says all there is to do; where in this program it was found helps nobody.
  console.error(error.message)
  process.exitCode = 1
}
