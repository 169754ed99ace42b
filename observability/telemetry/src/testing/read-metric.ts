import type { Telemetry } from '../telemetry.ts'

/**
 * Reads a metric of a service as a scrape sees it (`…_count` and `…_sum` of a histogram): all series with these labels
 * added up, `undefined` where there is none.
 */
export async function readMetric(
  { metrics }: Telemetry,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const { text } = await metrics.render()
  const values = text.split('\n').flatMap((line) => {
    const [, series, inside = '', value] = /^(\w+)(?:\{(.*?)\})? (\S+)/.exec(line) ?? []
    const isWanted = series === name && Object.entries(labels).every(([label, wanted]) => `,${inside},`.includes(`,${label}="${wanted}",`))
    return isWanted ? [Number(value)] : []
  })
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}
