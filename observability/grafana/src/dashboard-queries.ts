import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dashboardsFolder } from './dashboards-folder.ts'
import type { DataSourceId } from './data-sources.ts'

/** One query of one panel, ready to be asked. */
export interface DashboardQuery {
  /** The dashboard's uid. */
  readonly dashboard: string
  readonly panel: string
  readonly refId: string
  readonly source: Extract<DataSourceId, 'prom' | 'loki'>
  /** PromQL or LogQL, its variables replaced. */
  readonly expr: string
  /** Whether its points lead to traces. */
  readonly hasExemplars: boolean
  /** Whether it tells of what does not happen while all goes well, and then has no answer. */
  readonly mayBeQuiet: boolean
}

interface CommittedPanel {
  readonly title?: string
  readonly panels?: readonly CommittedPanel[]
  readonly fieldConfig?: { readonly defaults: { readonly noValue?: string } }
  readonly targets?: readonly {
    readonly refId: string
    readonly expr: string
    readonly exemplar?: boolean
    readonly datasource: { readonly uid: string }
  }[]
}

interface CommittedDashboard {
  readonly uid: string
  readonly panels: readonly CommittedPanel[]
}

// As after choosing "All"; rates over a minute, so that a short run of the shop suffices.
const usual: Readonly<Record<string, string>> = { __rate_interval: '1m', __range: '30m' }
const everything = '.+'

/**
 * Reads every query of the committed dashboards, in the order they are shown, with the variables' values given or, without
 * one, everything: `{ service: 'orders', __rate_interval: '20s' }`.
 */
export async function dashboardQueries(values: Readonly<Record<string, string>> = {}): Promise<DashboardQuery[]> {
  const dashboards = await readDashboards()
  return dashboards.flatMap(({ uid, panels }) =>
    panels
      .flatMap((panel) => [panel, ...(panel.panels ?? [])])
      .flatMap(({ title = '', targets = [], fieldConfig }) =>
        targets.map(({ refId, expr, exemplar, datasource }) => ({
          dashboard: uid,
          panel: title,
          refId,
          source: sourceOf(datasource.uid),
          expr: withValues(expr, values),
          hasExemplars: exemplar === true,
          mayBeQuiet: fieldConfig?.defaults.noValue !== undefined,
        })),
      ),
  )
}

function withValues(expr: string, values: Readonly<Record<string, string>>): string {
  return expr.replaceAll(/\$(\w+)/g, (_variable, name: string) => values[name] ?? usual[name] ?? everything)
}

function sourceOf(uid: string): DashboardQuery['source'] {
  if (uid !== 'prom' && uid !== 'loki') throw new Error(`a panel asks "${uid}", which is no data source of queries`)
  return uid
}

async function readDashboards(): Promise<CommittedDashboard[]> {
  const files = (await readdir(dashboardsFolder)).filter((name) => name.endsWith('.json')).toSorted()
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(dashboardsFolder, name), 'utf8')) as CommittedDashboard))
}
