/** Times in a row that an instance must fail to leave routing, and succeed to return: one blip moves nothing. */
export const readinessThresholds = { failuresToLeave: 2, successesToReturn: 2 } as const

/** Whether an instance counts as ready, and how many probes in a row have said the opposite. */
export interface Readiness {
  readonly isReady: boolean
  readonly contradictions: number
}

/** Takes the outcome of one probe into account. */
export function afterProbe(readiness: Readiness, outcome: 'ready' | 'not-ready'): Readiness {
  if ((outcome === 'ready') === readiness.isReady) return { isReady: readiness.isReady, contradictions: 0 }
  const contradictions = readiness.contradictions + 1
  const needed = readiness.isReady ? readinessThresholds.failuresToLeave : readinessThresholds.successesToReturn
  return contradictions < needed ? { isReady: readiness.isReady, contradictions } : { isReady: !readiness.isReady, contradictions: 0 }
}
