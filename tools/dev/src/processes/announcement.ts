/** Finds where a program listens, in the log line by which it says that it is ready; `undefined` for any other line. */
export function readAnnouncement(line: string): string | undefined {
  if (!line.startsWith('{') || !line.includes('"ready"')) return undefined
  try {
    const { event, url, host, port } = JSON.parse(line) as { event?: unknown; url?: unknown; host?: unknown; port?: unknown }
    if (event !== 'ready') return undefined
    if (typeof url === 'string') return url
    return typeof host === 'string' && typeof port === 'number' ? `http://${host}:${port}` : undefined
  } catch {
    return undefined
  }
}
