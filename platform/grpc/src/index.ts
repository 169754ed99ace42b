export { grpcFace, ProtobufMismatchError, type GrpcOptions } from './grpc-face.ts'
export type { ProtoField, ProtoFile, ProtoMessage, ProtoRpc, ProtoService, ProtoType } from './proto-file.ts'
