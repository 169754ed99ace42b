import { alerts } from './alerts.ts'
import { dashboards } from './dashboards.ts'
import { figures } from './figures.ts'
import { leads } from './leads.ts'
import { openSeenShop } from './seen-shop.ts'
import { secrets } from './secrets.ts'
import { targets } from './targets.ts'
import { traces } from './traces.ts'
import { walk } from './walk.ts'

const seen = await openSeenShop()

targets(seen)
traces(seen)
leads(seen)
dashboards(seen)
alerts(seen)
walk(seen)
secrets(seen)
figures(seen)
