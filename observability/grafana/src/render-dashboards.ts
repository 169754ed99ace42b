import { allDashboards } from './dashboards/all-dashboards.ts'
import type { ShopSeen } from './shop-seen.ts'

/** A dashboard as it is committed. */
export interface RenderedDashboard {
  /** Its name in `dashboards/`: `services.json`. */
  readonly file: string
  readonly text: string
}

/** Writes every dashboard out as the JSON that Grafana reads; the same shop gives the same text. */
export function renderDashboards(shop: ShopSeen): RenderedDashboard[] {
  return allDashboards(shop).map((dashboard) => ({
    file: `${dashboard.uid}.json`,
    text: `${JSON.stringify(dashboard, undefined, 2)}\n`,
  }))
}
