import { Registry } from 'prom-client'
import type { Metrics, RenderedMetrics } from './metrics.ts'

/** Answers a scrape of a whole process: the metrics of each of its services and its own, in the OpenMetrics format. */
export async function renderMetrics(sources: readonly Metrics[]): Promise<RenderedMetrics> {
  const families = (await Promise.all(sources.map((metrics) => metrics.families()))).flat()
  // the format wants all samples of a family together, under one head
  const together = Map.groupBy(families, ({ name }) => name)
  const text = [...together.values()].map((same) => [same[0]?.head ?? '', ...same.map(({ samples }) => samples)].join('\n'))
  return { contentType: Registry.OPENMETRICS_CONTENT_TYPE, text: [...text, '# EOF\n'].join('\n') }
}
