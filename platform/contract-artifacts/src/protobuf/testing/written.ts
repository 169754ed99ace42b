import type { AnyContract } from '@ashlar/contract'
import type { ProtoFile } from '@ashlar/grpc'
import type { ContractLock } from '../../lock/contract-lock.ts'
import { lockOf } from '../../lock/lock-of.ts'
import { writeProto } from '../write-proto.ts'

/** Writes a contract's `.proto`, the same as data, and its lock, as `contracts emit` does. */
export function written(contract: AnyContract, previous?: ContractLock): { text: string; file: ProtoFile; lock: ContractLock } {
  const [proto, data] = writeProto(contract, previous)
  return { text: proto?.text ?? '', file: JSON.parse(data?.text ?? '') as ProtoFile, lock: lockOf(contract, previous) }
}

/** Gives the lines inside one block of a `.proto`, without what is written around it. */
export function blockOf(text: string, head: string): string[] {
  const lines = text.split('\n')
  const start = lines.indexOf(`${head} {`)
  const end = lines.indexOf('}', start)
  return start < 0 ? [] : lines.slice(start + 1, end).map((line) => line.trim())
}
