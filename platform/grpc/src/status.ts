import { Code } from '@connectrpc/connect'
import type { StatusCode } from '@ashlar/contract'

/** What each status of a contract is called by gRPC. `ABORTED` asks callers to try again, so no conflict is one of itself. */
export const grpcCodes: Readonly<Record<StatusCode, Code>> = {
  BAD_REQUEST: Code.InvalidArgument,
  PARSE_ERROR: Code.InvalidArgument,
  UNAUTHORIZED: Code.Unauthenticated,
  PAYMENT_REQUIRED: Code.FailedPrecondition,
  FORBIDDEN: Code.PermissionDenied,
  NOT_FOUND: Code.NotFound,
  METHOD_NOT_SUPPORTED: Code.Unimplemented,
  TIMEOUT: Code.DeadlineExceeded,
  CONFLICT: Code.FailedPrecondition,
  PRECONDITION_FAILED: Code.FailedPrecondition,
  PAYLOAD_TOO_LARGE: Code.ResourceExhausted,
  UNSUPPORTED_MEDIA_TYPE: Code.InvalidArgument,
  UNPROCESSABLE_CONTENT: Code.InvalidArgument,
  TOO_MANY_REQUESTS: Code.ResourceExhausted,
  CLIENT_CLOSED_REQUEST: Code.Canceled,
  INTERNAL_SERVER_ERROR: Code.Internal,
  BAD_GATEWAY: Code.Unavailable,
  SERVICE_UNAVAILABLE: Code.Unavailable,
  GATEWAY_TIMEOUT: Code.DeadlineExceeded,
}
