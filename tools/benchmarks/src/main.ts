import { runBench } from './run-bench.ts'

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort())

process.exitCode = await runBench(process.argv.slice(2), {
  signal: stopping.signal,
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
})
