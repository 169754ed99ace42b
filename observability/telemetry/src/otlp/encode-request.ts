import type { ByteWriter } from './byte-writer.ts'

// Spans and log lines are packed alike: `resource_spans` and `resource_logs` of a request, `scope_spans` and `scope_logs` of those,
// `spans` and `log_records` of these (opentelemetry/proto/trace/v1/trace.proto, opentelemetry/proto/logs/v1/logs.proto)
const ofResourceTag = (1 << 3) | 2
const ofScopeTag = (2 << 3) | 2

/** The tag of each span, or each line, of a request. */
export const recordTag: number = (2 << 3) | 2

/** Writes a request: whose its records are (both encoded already), then the records, each under `recordTag` and into the same bytes. */
export function encodeRequest(
  { resource, scope }: { readonly resource: Uint8Array; readonly scope: Uint8Array },
  encodeRecords: () => void,
  to: ByteWriter,
): void {
  to.byte(ofResourceTag)
  const ofResource = to.begin()
  to.raw(resource)
  to.byte(ofScopeTag)
  const ofScope = to.begin()
  to.raw(scope)
  encodeRecords()
  to.end(ofScope)
  to.end(ofResource)
}
