import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { allContracts } from '../all-contracts.ts'
import { RefusedError, type Command } from '../command.ts'
import { shopSeen } from '../shop-seen.ts'

/** Draws the dashboards from the contracts and the metrics' vocabulary, or with `--check` says whether they are up to date. */
export const dashboardsEmit: Command = {
  words: ['dashboards', 'emit'],
  parameters: '[--check]',
  takes: 'none',
  summary: 'draw the dashboards that Grafana shows',
  options: { check: { kind: 'boolean', help: 'write nothing; fail when the committed dashboards are not up to date' } },
  async run({ options, print }) {
    // Only here: what draws them is not there where the shop is deployed, and this command line is.
    const { dashboardsFolder, renderDashboards } = await import('@observability/grafana')
    for (const { file, text } of renderDashboards(shopSeen(await allContracts()))) {
      const name = `observability/grafana/dashboards/${file}`
      if (options['check'] !== true) {
        await writeFile(join(dashboardsFolder, file), text)
        print(`wrote ${name}`)
        continue
      }
      const committed = await readFile(join(dashboardsFolder, file), 'utf8').catch(() => '')
      if (committed !== text) throw new RefusedError(`${name} is not up to date: npm run ashlar -- dashboards emit`)
      print(`${name} is up to date`)
    }
  },
}
