import { allContracts } from '../all-contracts.ts'
import type { Command } from '../command.ts'
import { drawnDashboards } from '../generated/drawn-dashboards.ts'
import { repositoryRoot, writeOrCheck } from '../generated/write-or-check.ts'

/** Draws the dashboards from the contracts and the metrics' vocabulary, or with `--check` says whether they are up to date. */
export const dashboardsEmit: Command = {
  words: ['dashboards', 'emit'],
  parameters: '[--check]',
  takes: 'none',
  summary: 'draw the dashboards that Grafana shows',
  options: { check: { kind: 'boolean', help: 'write nothing; fail, naming each file, when the committed dashboards are not up to date' } },
  async run({ options, print }) {
    await writeOrCheck(await drawnDashboards(await allContracts()), {
      root: repositoryRoot,
      mode: options['check'] === true ? 'check' : 'write',
      command: 'npm run ashlar -- dashboards emit',
      print,
    })
  },
}
