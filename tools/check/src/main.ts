import { checks } from './checks.ts'
import { runCheck } from './run-check.ts'

const usage = `npm run check [-- <name> …]   runs: ${checks.map(({ name }) => name).join(', ')}`
const wanted = process.argv.slice(2)
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))

if (wanted.includes('--help') || chosen.length === 0) {
  console.log(usage)
  process.exitCode = wanted.includes('--help') ? 0 : 2
} else {
  const root = new URL('../../..', import.meta.url).pathname
  const began = performance.now()
  const failed = await Promise.all(
    chosen.map(async (check) => {
      const { passed, seconds, output } = await runCheck(check, root)
      console.log(`  ${passed ? '✓' : '✗'} ${check.name.padEnd(20)} ${seconds.toFixed(1)} s`)
      return passed ? '' : `\n${check.name} (${check.command.join(' ')})\n${output.trimEnd()}\n→ ${check.remedy}\n`
    }),
  )
  for (const report of failed) if (report !== '') console.log(report)
  const failures = failed.filter((report) => report !== '').length
  console.log(`${chosen.length - failures} passed, ${failures} failed, after ${((performance.now() - began) / 1_000).toFixed(1)} s`)
  process.exitCode = failures === 0 ? 0 : 1
}
