import type { ProtoField, ProtoMessage } from '@ashlar/grpc'

/** A field before it has its number. */
export type DraftField = Omit<ProtoField, 'number'>

/** A message before its fields have numbers. */
export type DraftMessage = Omit<ProtoMessage, 'fields' | 'reserved'> & { readonly fields: readonly DraftField[] }
