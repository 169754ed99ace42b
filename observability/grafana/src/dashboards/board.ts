import { DashboardBuilder, DashboardCursorSync, DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard'

/** What all dashboards of the shop are tagged with, and find each other by. */
const tag = 'ashlar'

/** Begins a dashboard: `uid` is its address and its file's name, and never changes. */
export function board(uid: string, title: string, explains: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(uid)
    .description(explains)
    .tags([tag])
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-30m', to: 'now' })
    .refresh('10s')
    .link(
      new DashboardLinkBuilder('The shop')
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .asDropdown(false)
        .includeVars(false)
        .keepTime(true),
    )
}
