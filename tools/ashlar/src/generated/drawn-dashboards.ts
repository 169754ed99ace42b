import { relative } from 'node:path'
import type { AnyContract } from '@ashlar/contract'
import { shopSeen } from '../shop-seen.ts'
import { repositoryRoot, type Generated } from './write-or-check.ts'

/** Draws the dashboards from contracts and the metrics' vocabulary. */
export async function drawnDashboards(contracts: readonly AnyContract[]): Promise<Generated> {
  // Only here: what draws them is not there where the shop is deployed, and this command line is.
  const { dashboardsFolder, renderDashboards } = await import('@observability/grafana')
  const folder = relative(repositoryRoot, dashboardsFolder)
  return { files: renderDashboards(shopSeen(contracts)).map(({ file, text }) => ({ path: `${folder}/${file}`, text })), folders: [folder] }
}
