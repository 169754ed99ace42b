import { relative } from 'node:path'
import { allContracts } from '../all-contracts.ts'
import type { Command } from '../command.ts'
import { repositoryRoot, writeOrCheck } from '../generated/write-or-check.ts'
import { shopSeen } from '../shop-seen.ts'

/** Draws the dashboards from the contracts and the metrics' vocabulary, or with `--check` says whether they are up to date. */
export const dashboardsEmit: Command = {
  words: ['dashboards', 'emit'],
  parameters: '[--check]',
  takes: 'none',
  summary: 'draw the dashboards that Grafana shows',
  options: { check: { kind: 'boolean', help: 'write nothing; fail, naming each file, when the committed dashboards are not up to date' } },
  async run({ options, print }) {
    // Only here: what draws them is not there where the shop is deployed, and this command line is.
    const { dashboardsFolder, renderDashboards } = await import('@observability/grafana')
    const folder = relative(repositoryRoot, dashboardsFolder)
    const files = renderDashboards(shopSeen(await allContracts())).map(({ file, text }) => ({ path: `${folder}/${file}`, text }))
    await writeOrCheck(
      { files, folders: [folder] },
      {
        root: repositoryRoot,
        mode: options['check'] === true ? 'check' : 'write',
        command: 'npm run ashlar -- dashboards emit',
        print,
      },
    )
  },
}
