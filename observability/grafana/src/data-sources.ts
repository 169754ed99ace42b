/** The data sources by the ids they are provisioned with; dashboards and links refer to nothing else. */
export const dataSources = {
  prom: { type: 'prometheus', uid: 'prom' },
  jaeger: { type: 'jaeger', uid: 'jaeger' },
  loki: { type: 'loki', uid: 'loki' },
} as const

export type DataSourceId = keyof typeof dataSources
