import { expect, it } from 'vitest'
import { afterProbe } from './readiness-gate.ts'

function states(start: boolean, outcomes: ('ready' | 'not-ready')[]): boolean[] {
  let readiness = { isReady: start, contradictions: 0 }
  return outcomes.map((outcome) => (readiness = afterProbe(readiness, outcome)).isReady)
}

it('lets one blip pass, in either direction', () => {
  expect(states(true, ['not-ready', 'ready', 'not-ready', 'ready'])).toEqual([true, true, true, true])
  expect(states(false, ['ready', 'not-ready', 'ready', 'not-ready'])).toEqual([false, false, false, false])
})

it('turns at the second probe in a row that says so', () => {
  expect(states(true, ['not-ready', 'not-ready', 'ready', 'ready'])).toEqual([true, false, false, true])
})
