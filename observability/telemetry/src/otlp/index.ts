export { readLine } from '../logs/read-line.ts'
export { type Plain } from './any-value.ts'
export { OtlpUnreadableError, readLogs, readTraces, type LogRecord, type OtlpBody } from './read-otlp.ts'
