// First, and the only thing imported before an older Node has been sent away.
import './require-node.mjs'

const { runDev } = await import('./terminal/run-dev.ts')
process.exitCode = await runDev(process.argv.slice(2), process.env)
