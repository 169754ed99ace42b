import { join } from 'node:path'

/** Where the dashboards that Grafana reads are committed. */
export const dashboardsFolder = join(import.meta.dirname, '..', 'dashboards')
