// Says whether the process of this container takes work, by its exit code: the image's HEALTHCHECK.
const { HOST = '127.0.0.1', PORT = '8000', HEALTH_URL = `http://${HOST}:${PORT}/health/ready` } = process.env
const patienceMs = 3_000
const { ok, status } = await fetch(HEALTH_URL, { signal: AbortSignal.timeout(patienceMs) })
if (!ok) {
  console.error(`${HEALTH_URL} answers ${status}`)
  process.exitCode = 1
}
