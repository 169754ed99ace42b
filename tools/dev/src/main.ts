// Imports nothing that an older Node could not read before its version is checked.
import { complaintAboutNode } from './node-version.ts'

const complaint = complaintAboutNode(process.version)
if (complaint === undefined) {
  const { runDev } = await import('./terminal/run-dev.ts')
  process.exitCode = await runDev(process.argv.slice(2), process.env)
} else {
  console.error(complaint)
  process.exitCode = 1
}
