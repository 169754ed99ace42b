/** The closed set of status codes an error may carry: tRPC's names, each with its HTTP status and JSON-RPC number. */
export const statusCodes = {
  BAD_REQUEST: { http: 400, jsonRpc: -32600 },
  PARSE_ERROR: { http: 400, jsonRpc: -32700 },
  UNAUTHORIZED: { http: 401, jsonRpc: -32001 },
  PAYMENT_REQUIRED: { http: 402, jsonRpc: -32002 },
  FORBIDDEN: { http: 403, jsonRpc: -32003 },
  NOT_FOUND: { http: 404, jsonRpc: -32004 },
  METHOD_NOT_SUPPORTED: { http: 405, jsonRpc: -32005 },
  TIMEOUT: { http: 408, jsonRpc: -32008 },
  CONFLICT: { http: 409, jsonRpc: -32009 },
  PRECONDITION_FAILED: { http: 412, jsonRpc: -32012 },
  PAYLOAD_TOO_LARGE: { http: 413, jsonRpc: -32013 },
  UNSUPPORTED_MEDIA_TYPE: { http: 415, jsonRpc: -32015 },
  UNPROCESSABLE_CONTENT: { http: 422, jsonRpc: -32022 },
  TOO_MANY_REQUESTS: { http: 429, jsonRpc: -32029 },
  CLIENT_CLOSED_REQUEST: { http: 499, jsonRpc: -32099 },
  INTERNAL_SERVER_ERROR: { http: 500, jsonRpc: -32603 },
  BAD_GATEWAY: { http: 502, jsonRpc: -32603 },
  SERVICE_UNAVAILABLE: { http: 503, jsonRpc: -32603 },
  GATEWAY_TIMEOUT: { http: 504, jsonRpc: -32603 },
} as const

export type StatusCode = keyof typeof statusCodes

/** Gives the HTTP status of a code. */
export function httpStatusOf(code: StatusCode): number {
  return statusCodes[code].http
}

/** Gives the JSON-RPC error number tRPC puts on the wire for a code. */
export function jsonRpcCodeOf(code: StatusCode): number {
  return statusCodes[code].jsonRpc
}
