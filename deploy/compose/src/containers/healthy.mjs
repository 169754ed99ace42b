// Says whether the process of this container takes work, by its exit code: the image's HEALTHCHECK. Plain JavaScript, for
// it runs every ten seconds beside what it asks, within the same limit of memory: reading TypeScript takes 10 MB.
const { HOST = '127.0.0.1', PORT = '8000', HEALTH_URL = `http://${HOST}:${PORT}/health/ready` } = process.env
const patienceMs = 3_000

try {
  const { ok, status } = await fetch(HEALTH_URL, { signal: AbortSignal.timeout(patienceMs) })
  if (!ok) throw new Error(`it answers ${status}`)
} catch (error) {
  const { message, cause } = error
  console.error(`${HEALTH_URL}: ${cause instanceof Error ? cause.message : message}`)
  process.exitCode = 1
}
