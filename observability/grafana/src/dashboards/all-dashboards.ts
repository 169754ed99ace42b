import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import type { ShopSeen } from '../shop-seen.ts'
import { messagingAndSagasBoard } from './messaging-and-sagas.ts'
import { runtimeBoard } from './runtime.ts'
import { servicesBoard } from './services.ts'

/** Draws every dashboard for a shop. */
export function allDashboards(shop: ShopSeen): Dashboard[] {
  return [servicesBoard(shop), messagingAndSagasBoard(shop), runtimeBoard(shop)].map((board) => numbered(board.build()))
}

// Left without, Grafana gives each panel a number of its own, and an address of one panel points elsewhere after a while.
function numbered(dashboard: Dashboard): Dashboard {
  return { ...dashboard, panels: (dashboard.panels ?? []).map((panel, at) => ({ ...panel, id: at + 1 })) }
}
