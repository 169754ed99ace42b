import type { ProtoField, ProtoMessage } from '@ashlar/grpc'
import { compareFieldTypes } from './compare-field-types.ts'
import { messageOf, rootsOf, stepsInto, stepTo, type ProtoDifference, type ProtoVersions, type Root } from './proto-difference.ts'
import { reservedDifferences, unreservedIn } from './reserved-differences.ts'
import type { Step } from '../schemas/difference.ts'

interface Pair {
  readonly was: ProtoMessage
  readonly is: ProtoMessage
  readonly path: readonly Step[]
}

/**
 * Lists in what the bytes of two versions differ for whoever has code made from the other: numbers, types, and what was
 * kept for ever. What is only new is no difference here, nor is what the shapes of a contract tell by themselves.
 */
export function compareProtobuf(versions: ProtoVersions): ProtoDifference[] {
  return rootsOf(versions).flatMap((root) => {
    // a message that holds itself is looked into once
    const within = ({ was, is, path }: Pair, around: readonly string[]): ProtoDifference[] => {
      const pair = `${was.name} ${is.name}`
      if (around.includes(pair)) return []
      const inner = was.fields.flatMap((field) => {
        const [old, now] = [field.type, is.fields.find(({ key, number }) => key === field.key && number === field.number)?.type]
        if (old.kind !== 'message' || now?.kind !== 'message') return []
        const to = { was: messageOf(versions.before, old.name), is: messageOf(versions.after, now.name) }
        return within({ ...to, path: [...path, ...stepsInto(was, field)] }, [...around, pair])
      })
      return [...differencesIn({ was, is, path }, root), ...inner]
    }
    return within({ was: messageOf(versions.before, root.before), is: messageOf(versions.after, root.after), path: [] }, [])
  })
}

function differencesIn({ was, is, path }: Pair, root: Root): ProtoDifference[] {
  const at = (field: ProtoField) => ({ root, path: [...path, ...stepTo(was, field)] })
  const breaks = (field: ProtoField, aspect: string, said: string): ProtoDifference => ({ ...at(field), aspect, said, level: 'breaking' })
  const fields = was.fields.flatMap((old): ProtoDifference[] => {
    const now = is.fields.find(({ key }) => key === old.key)
    const heir = is.fields.find(({ number }) => number === old.number)
    if (now === undefined && heir === undefined) {
      const unreserved = unreservedIn(is, old)
      return unreserved === undefined ? [] : [breaks(old, 'protobuf unreserved', unreserved)]
    }
    if (now !== undefined && now === heir) return compareFieldTypes(old, now, root.writer).map((one) => ({ ...at(old), ...one }))
    const taken = heir === undefined ? '' : `, which is that of ${heir.key} now`
    const said =
      now === undefined
        ? `left its protobuf number ${old.number} to ${heir?.key}`
        : `has the protobuf number ${now.number}, was ${old.number}${taken}`
    return [breaks(old, 'protobuf number', said)]
  })
  const shared = was.fields.some(({ number }) => is.fields.some((field) => field.number === number))
  const isOneof = (message: ProtoMessage): boolean => message.form.kind === 'union'
  const form: ProtoDifference[] =
    shared && isOneof(was) !== isOneof(is)
      ? [
          {
            root,
            path,
            aspect: 'protobuf oneof',
            said: isOneof(is) ? 'is a oneof in protobuf, was none' : 'is no oneof in protobuf any more',
            level: 'breaking',
          },
        ]
      : []
  return [
    ...fields,
    ...form,
    ...reservedDifferences({ was, is }).map(({ field, ...one }) => ({
      ...one,
      root,
      path: field === undefined ? path : [...path, ...stepTo(is, field)],
    })),
  ]
}
