/** One parsed line of a process's log. */
export type LogEntry = Readonly<Record<string, unknown>>

// Known from the line's place, or too long to be read in passing.
const unshown = new Set(['level', 'time', 'service', 'msg', 'event', 'span_id', 'trace_id', 'request_id', 'pid', 'hostname', 'err'])

/** Says what a log entry says in the fewest words: requests, calls and messages by their own form, anything else as message and fields. */
export function summariseEntry(entry: LogEntry): string {
  const took = `${text(entry['duration_ms'])} ms`
  if (entry['event'] === 'request') return words([entry['method'], entry['route'], entry['status'], entry['code'], took])
  if (entry['event'] === 'call') return words([entry['operation'], entry['status'], entry['reason'], took, `for ${text(entry['caller'])}`])
  if (entry['consumer'] !== undefined && entry['outcome'] !== undefined) return words([...message(entry), took])
  const fields = Object.entries(entry).filter(([name, value]) => !unshown.has(name) && value !== undefined && value !== null)
  return words([entry['msg'] ?? entry['event'], ...fields.map(([name, value]) => `${name}=${text(value)}`)])
}

function message({ type, outcome, attempt, consumer, error_class: errorClass, error_message: errorMessage }: LogEntry): unknown[] {
  if (outcome === 'done' && attempt === 1) return [type, 'done']
  return [type, outcome, `attempt ${text(attempt)} of ${text(consumer)}`, errorClass, errorMessage]
}

function words(parts: readonly unknown[]): string {
  return parts
    .filter((part) => part !== undefined && part !== null && part !== '')
    .map(text)
    .join(' ')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
