import { refuse } from '@tools/terminal'
import { demo } from './demo.ts'

const help = `npm run demo   three customers order at the running shop (npm run dev); their stories, then the ledger

  It exits with 1 when a story ends otherwise than it should, or when stock and money do not add up; with 2 for words it
  does not know.`

const [unknown] = process.argv.slice(2).filter((word) => word !== '--help' && word !== '-h')

if (unknown !== undefined) process.exitCode = refuse(`"${unknown}" means nothing here.`, { usage: help })
else if (process.argv.length > 2) console.log(help)
// An order that nobody can tell the end of may still be watched.
else process.exit(await demo((line) => console.log(line)))
