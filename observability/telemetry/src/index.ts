export { currentContext, runInContext, type CallContext } from './call-context.ts'
export { contextHeaders } from './headers.ts'
export { createLogger, type Logger, type LoggerOptions } from './logger.ts'
export { childOf, formatTraceparent, newTrace, parseTraceparent, type TraceContext } from './trace-context.ts'
