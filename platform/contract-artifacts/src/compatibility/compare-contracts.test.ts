import { describe, expect, it } from 'vitest'
import { contractCases } from './cases/contract-cases.ts'
import { loadedVersion } from './contract-versions.ts'
import { findingsOf } from './findings-of.ts'

// what a caller meets for certain
const shown = new Set(['access', 'idempotency', 'rest removed', 'rest moved'])
const cases = Object.entries(contractCases).flatMap(([topic, changes]) => changes.map((change) => ({ topic, ...change })))

describe.each(cases)('$topic: $kind', ({ before, after, findings }) => {
  it('is judged as it breaks', () => {
    const found = findingsOf({ before: before.map(loadedVersion), after: after.map(loadedVersion) }, [])
    expect(Object.fromEntries(found.map(({ id, level }) => [id, level]))).toEqual(findings)
    const broken = found.filter(({ level, refusal, aspect }) => refusal !== undefined || (level === 'breaking' && shown.has(aspect)))
    expect(broken.filter(({ witness }) => witness === undefined)).toEqual([])
  })
})
