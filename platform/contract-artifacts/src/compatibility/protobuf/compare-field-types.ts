import type { ProtoField } from '@ashlar/grpc'
import type { Level } from '../compare-shapes.ts'
import type { ProtoVersions } from './proto-difference.ts'

interface TypeDifference {
  readonly aspect: string
  readonly said: string
  readonly level: Level
}

/** Compares what one field is in two versions, by who writes what the other reads. */
export function compareFieldTypes(was: ProtoField, is: ProtoField, writer: keyof ProtoVersions): TypeDifference[] {
  const [old, now] = [typeText(was), typeText(is)]
  const said = `is ${now} in protobuf, was ${old}`
  if (numberOf(was) !== numberOf(is)) return [{ aspect: 'protobuf type', said, level: 'breaking' }]
  if (was.type.kind === 'message' && is.type.kind === 'message') {
    if (was.type.name === is.type.name) return []
    return [{ aspect: 'protobuf name', said: `${said}: the same bytes, other names in generated code`, level: 'minor' }]
  }
  if (was.type.kind !== is.type.kind || was.type.name !== is.type.name) {
    const [written, read] = writer === 'before' ? [was, is] : [is, was]
    const isWider = written.type.name === 'int32' && read.type.name === 'int64'
    if (!isWider) return [{ aspect: 'protobuf type', said, level: 'breaking' }]
    return [{ aspect: 'protobuf type', said: `${said}: what is sent is still read, generated code changes`, level: 'minor' }]
  }
  return presenceDifference(was, is, writer)
}

// a scalar that must be there is not sent where it is 0, false or empty; whoever takes absence for an answer is then told something else
function presenceDifference(was: ProtoField, is: ProtoField, writer: keyof ProtoVersions): TypeDifference[] {
  const [written, read] = writer === 'before' ? [was, is] : [is, was]
  if (was.type.kind !== 'scalar' || written.label !== 'required' || read.label !== 'optional') return []
  const empty = was.type.name === 'string' ? 'an empty text' : was.type.name === 'bool' ? 'false' : '0'
  const reader = writer === 'before' ? 'now' : 'by older readers'
  return [{ aspect: 'protobuf presence', said: `in protobuf ${empty} is read ${reader} as nothing: it is not sent`, level: 'minor' }]
}

/** Whether one value is held, many, or many by name. */
function numberOf({ label }: ProtoField): string {
  return label === 'optional' ? 'required' : label
}

function typeText({ type, label }: ProtoField): string {
  if (label === 'repeated') return `a list of ${type.name}`
  return label === 'map' ? `a map of ${type.name}` : type.name
}
