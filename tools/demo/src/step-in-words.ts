/** A step of a checkout as the shop's history tells it. */
export interface HistoryStep {
  readonly step: string
  readonly direction: 'do' | 'undo'
  readonly status: 'pending' | 'done' | 'refused' | 'unknown' | 'stuck'
  readonly attempts: number
  readonly durationMs?: number
  readonly reason?: string
  readonly detail?: Readonly<Record<string, string>>
  readonly traceId: string
}

/** Says what became of a step: `charge ✓ 34 ms`, `reserve stock ✗ out_of_stock (available 12)`, `reserve stock ↩ 9 ms`. */
export function inWords({ step, direction, status, attempts, durationMs, reason, detail }: HistoryStep): string {
  const took = durationMs === undefined ? '' : `${durationMs} ms`
  const tries = attempts > 1 ? `, ${attempts} attempts` : ''
  switch (status) {
    case 'done':
      return `${step.padEnd(18)} ${direction === 'do' ? '✓' : '↩'} ${took}${tries}`
    case 'refused':
      return `${step.padEnd(18)} ✗ ${reason ?? 'refused'}${aside(detail)}${tries}`
    case 'unknown':
      return `${step.padEnd(18)} ? never answered${tries}`
    case 'stuck':
      return `${step.padEnd(18)} ! needs attention${tries}`
    case 'pending':
      return `${step.padEnd(18)} …`
  }
}

function aside(detail: HistoryStep['detail']): string {
  if (detail === undefined) return ''
  const { sku: _shown, ...rest } = detail
  const words = Object.entries(rest).map(([field, value]) => (field === 'available' ? `${value} left` : value))
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}
