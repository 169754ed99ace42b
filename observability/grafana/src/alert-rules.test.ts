import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { dashboardsFolder } from './dashboards-folder.ts'
import { queryFaults } from './testing/query-faults.ts'

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

const folder = join(dashboardsFolder, '..', '..', 'prometheus', 'rules')
const rules = readdirSync(folder).flatMap((name) =>
  (parse(readFileSync(join(folder, name), 'utf8')) as RuleFile).groups.flatMap((group) => group.rules),
)

// Prometheus says itself whether it reached a target.
const ownOfPrometheus = 'no metric is called up'

it.each(rules.map(({ alert, expr }) => [alert, expr] as const))('%s asks what the vocabulary can answer', (_alert, expr) => {
  expect(queryFaults(expr).filter((fault) => fault !== ownOfPrometheus)).toEqual([])
})

it('finds the rules there are', () => {
  expect(rules.map(({ alert }) => alert)).toContain('ServiceFails')
})
