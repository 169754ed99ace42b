import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import type { GaugeName } from '@observability/telemetry'
import { linesOf } from '../panels/explore-links.ts'
import { graph, type GraphWanted, type Line } from '../panels/graph.ts'
import { now } from '../promql/expressions.ts'
import { metric } from '../promql/metric.ts'

/** The instances chosen at the dashboard's top. */
export const here = { service: { chosen: 'service' }, instance: { chosen: 'instance' } } as const

/** What tells instances apart. */
export const each = ['service', 'instance'] as const

/** Draws a gauge of each instance. */
export function line(name: GaugeName, legend = '{{instance}}'): Line {
  return { expr: now('max', metric(name, here), each), legend }
}

/** Draws a graph of instances, whose points lead to their service's log. */
export function panel(wanted: Omit<GraphWanted, 'links'>): PanelBuilder {
  return graph({ ...wanted, links: [linesOf()] })
}
