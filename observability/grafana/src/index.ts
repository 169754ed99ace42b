export { dashboardQueries, type DashboardQuery } from './dashboard-queries.ts'
export { dashboardsFolder } from './dashboards-folder.ts'
export { renderDashboards, type RenderedDashboard } from './render-dashboards.ts'
export type { ServiceSeen, ShopSeen } from './shop-seen.ts'
