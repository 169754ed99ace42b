import type { LabelName, LabelValue } from './labels.ts'

/** What a metric is. Its name ends in its unit, then `_total` for a counter, as OpenTelemetry's names do in Prometheus. */
export interface MetricDeclaration {
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** `none` for plain counts of things. */
  readonly unit: 'seconds' | 'bytes' | 'ratio' | 'none'
  readonly help: string
  readonly labels: readonly LabelName[]
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[]
}

const callBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const
const waitBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const

/** Every metric there is. Whatever is used must stand here, or it does not compile. */
export const metricVocabulary = {
  http_server_request_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Time the gateway took to answer a request.',
    labels: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: callBuckets,
  },
  rpc_server_call_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Time a service took to answer a call, by who called.',
    labels: ['rpc_method', 'rpc_response_status_code', 'caller'],
    buckets: callBuckets,
  },
  rpc_server_deprecated_calls_total: {
    type: 'counter',
    unit: 'none',
    help: 'Calls of operations that will go, by who called.',
    labels: ['rpc_method', 'caller'],
  },
  rpc_server_open_streams: {
    type: 'gauge',
    unit: 'none',
    help: 'Subscriptions that are being answered.',
    labels: ['rpc_method'],
  },
  rpc_server_ended_streams_total: {
    type: 'counter',
    unit: 'none',
    help: 'Subscriptions that ended, by how.',
    labels: ['rpc_method', 'outcome'],
  },
  rpc_client_call_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Time a call took as seen by who made it, attempts included.',
    labels: ['rpc_method', 'rpc_response_status_code'],
    buckets: callBuckets,
  },
  rate_limited_requests_total: {
    type: 'counter',
    unit: 'none',
    help: 'Requests turned away because their caller had made too many.',
    labels: ['limit'],
  },
  idempotent_replays_total: {
    type: 'counter',
    unit: 'none',
    help: 'Calls answered with what was answered before under the same key.',
    labels: ['rpc_method'],
  },
  messaging_client_sent_messages_total: {
    type: 'counter',
    unit: 'none',
    help: 'Messages the broker has taken.',
    labels: ['messaging_destination_name'],
  },
  messaging_process_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Time one delivery of a message took to process.',
    labels: ['messaging_destination_name', 'consumer', 'outcome'],
    buckets: callBuckets,
  },
  messaging_redeliveries_total: {
    type: 'counter',
    unit: 'none',
    help: 'Deliveries of messages that had been delivered before.',
    labels: ['consumer'],
  },
  dead_letters_total: {
    type: 'counter',
    unit: 'none',
    help: 'Messages given up and kept for people.',
    labels: ['consumer', 'error_class'],
  },
  outbox_unpublished_messages: { type: 'gauge', unit: 'none', help: 'Messages written and not yet taken by the broker.', labels: [] },
  outbox_oldest_unpublished_age_seconds: {
    type: 'gauge',
    unit: 'seconds',
    help: 'Age of the oldest message that is due and not yet taken by the broker; 0 without any.',
    labels: [],
  },
  outbox_relay_lag_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Time from a message being due to the broker having taken it.',
    labels: [],
    buckets: waitBuckets,
  },
  saga_instances: { type: 'gauge', unit: 'none', help: 'Sagas by where they stand.', labels: ['saga', 'status'] },
  saga_oldest_running_age_seconds: {
    type: 'gauge',
    unit: 'seconds',
    help: 'Age of the oldest saga that has not ended; 0 without any.',
    labels: ['saga'],
  },
  saga_step_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Time from sending a step to its answer.',
    labels: ['saga', 'step', 'outcome'],
    buckets: waitBuckets,
  },
  saga_ended_total: { type: 'counter', unit: 'none', help: 'Sagas that ended, or stopped for people.', labels: ['saga', 'outcome'] },
  db_client_connection_count: {
    type: 'gauge',
    unit: 'none',
    help: 'Connections of the pool.',
    labels: ['state'],
  },
  db_client_connection_pending_requests: { type: 'gauge', unit: 'none', help: 'Transactions waiting for a connection.', labels: [] },
  telemetry_spans_dropped_total: {
    type: 'counter',
    unit: 'none',
    help: 'Spans that were not recorded, or recorded and lost.',
    labels: ['reason'],
  },
  telemetry_log_lines_dropped_total: {
    type: 'counter',
    unit: 'none',
    help: 'Log lines on standard output that were not sent to the collector.',
    labels: ['reason'],
  },
  telemetry_log_lines_waiting: { type: 'gauge', unit: 'none', help: 'Log lines on their way to the collector.', labels: [] },
  telemetry_series_refused_total: {
    type: 'counter',
    unit: 'none',
    help: 'Measurements counted under _OTHER because their metrics had too many series.',
    labels: ['metric'],
  },
  telemetry_collect_failures_total: {
    type: 'counter',
    unit: 'none',
    help: 'Metrics left out of an answer because reading them failed or took too long.',
    labels: ['metric'],
  },
  nodejs_eventloop_delay_p50_seconds: {
    type: 'gauge',
    unit: 'seconds',
    help: 'Median delay of the event loop since the last reading.',
    labels: [],
  },
  nodejs_eventloop_delay_p99_seconds: {
    type: 'gauge',
    unit: 'seconds',
    help: 'Delay of the event loop that one turn in a hundred exceeded since the last reading.',
    labels: [],
  },
  nodejs_eventloop_delay_max_seconds: {
    type: 'gauge',
    unit: 'seconds',
    help: 'Longest delay of the event loop since the last reading.',
    labels: [],
  },
  nodejs_eventloop_utilization_ratio: {
    type: 'gauge',
    unit: 'ratio',
    help: 'Share of time the event loop was busy since the last reading.',
    labels: [],
  },
  v8js_gc_duration_seconds: {
    type: 'histogram',
    unit: 'seconds',
    help: 'Pauses of garbage collection.',
    labels: ['v8js_gc_type'],
    buckets: [0.001, 0.01, 0.1, 1],
  },
  v8js_memory_heap_used_bytes: { type: 'gauge', unit: 'bytes', help: 'Heap in use.', labels: ['v8js_heap_space_name'] },
  v8js_memory_heap_limit_bytes: { type: 'gauge', unit: 'bytes', help: 'Heap at which the process gives up.', labels: [] },
  process_memory_usage_bytes: { type: 'gauge', unit: 'bytes', help: 'Memory the process holds.', labels: [] },
  process_cpu_time_seconds_total: { type: 'counter', unit: 'seconds', help: 'Processor time used.', labels: ['cpu_mode'] },
  process_uptime_seconds: { type: 'gauge', unit: 'seconds', help: 'Time since the process started.', labels: [] },
  process_open_resources: {
    type: 'gauge',
    unit: 'none',
    help: 'Sockets, timers and other things that keep the process alive.',
    labels: [],
  },
} as const satisfies Record<string, MetricDeclaration>

export type MetricName = keyof typeof metricVocabulary

type NamesOf<Type extends MetricDeclaration['type']> = {
  [Name in MetricName]: (typeof metricVocabulary)[Name]['type'] extends Type ? Name : never
}[MetricName]

export type CounterName = NamesOf<'counter'>
export type GaugeName = NamesOf<'gauge'>
export type HistogramName = NamesOf<'histogram'>

/** The labels of a metric: all of them, no others. */
export type LabelsOf<Name extends MetricName> = { readonly [Label in (typeof metricVocabulary)[Name]['labels'][number]]: LabelValue<Label> }
