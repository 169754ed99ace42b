import { brew, brewed, getPot, kitchen, type ContractChange } from './contract-change.ts'
import { eventCases } from './event-cases.ts'
import { operationCases } from './operation-cases.ts'
import { policyCases } from './policy-cases.ts'

/** Kinds of change of a contract outside its shapes, by what they are about. */
export const contractCases: Readonly<Record<string, readonly ContractChange[]>> = {
  contracts: [
    { kind: 'nothing changes', before: [kitchen({ getPot })], after: [kitchen({ getPot })], findings: {} },
    { kind: 'a contract is added', before: [], after: [kitchen({ getPot })], findings: { 'the:contract:added': 'minor' } },
    { kind: 'a contract is removed', before: [kitchen({ getPot })], after: [], findings: { 'the:contract:removed': 'breaking' } },
    {
      kind: 'a new major is served beside the old one, whatever it changes',
      before: [kitchen({ getPot })],
      after: [kitchen({ getPot }), kitchen({ brew }, { brewed }, 2)],
      findings: { 'the:contract:added': 'minor' },
    },
    {
      kind: 'the old major goes when the new one comes',
      before: [kitchen({ getPot })],
      after: [kitchen({ getPot }, { brewed }, 2)],
      findings: { 'the:contract:removed': 'breaking', 'the:contract:added': 'minor' },
    },
  ],
  ...operationCases,
  ...policyCases,
  ...eventCases,
}
