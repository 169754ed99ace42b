/** One line of an answer to a scrape. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly exemplar?: { readonly labels: Readonly<Record<string, string>>; readonly value: number; readonly atSeconds: number }
}

const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`
const labelSet = String.raw`\{((?:${label}(?:,${label})*)?)\}`
const number = String.raw`[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|Inf)`
const sampleForm = new RegExp(`^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:${labelSet})? (${number})(?: # ${labelSet} (${number})(?: (${number}))?)?$`)
const headForm = /^# (TYPE|HELP|UNIT) (\S+) (.+)$/
const suffixes: Readonly<Record<string, readonly string[]>> = { counter: ['_total'], gauge: [''], histogram: ['_bucket', '_sum', '_count'] }

/** Reads an answer by the letter of OpenMetrics 1.0: throws where a strict reader would refuse it. */
export function readOpenMetrics(text: string): Sample[] {
  if (!text.endsWith('# EOF\n')) throw new Error('it does not end in # EOF')
  const samples: Sample[] = []
  const types = new Map<string, string>()
  const seen = new Set<string>()
  let family = ''
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const head = headForm.exec(line)
    if (head === null) {
      const sample = readSample(line)
      const type = types.get(family) ?? 'none'
      if (!(suffixes[type] ?? []).includes(sample.name.slice(family.length)) || !sample.name.startsWith(family))
        throw new Error(`${line}: not of ${type} ${family}`)
      const identity = JSON.stringify([sample.name, Object.entries(sample.labels).map(String).toSorted()])
      if (seen.has(identity)) throw new Error(`${line}: twice`)
      seen.add(identity)
      samples.push(sample)
    } else {
      const [, word, name = '', rest = ''] = head
      if (word === 'TYPE' && types.has(name)) throw new Error(`${line}: the family comes in two parts`)
      family = name
      if (word === 'TYPE') types.set(name, rest)
      if (word === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`${line}: the name lacks its unit`)
    }
  }
  return samples
}

function readSample(line: string): Sample {
  const parts = sampleForm.exec(line)
  if (parts === null) throw new Error(`${line}: not a sample`)
  const [, name = '', labels, value, exemplarLabels, exemplarValue, at] = parts
  const sample = { name, labels: readLabels(labels), value: Number(value?.replace('Inf', 'Infinity')) }
  if (exemplarLabels === undefined) return sample
  const carried = readLabels(exemplarLabels)
  if (Object.entries(carried).flat().join('').length > 128) throw new Error(`${line}: the exemplar is too long`)
  return { ...sample, exemplar: { labels: carried, value: Number(exemplarValue), atSeconds: Number(at) } }
}

function readLabels(text = ''): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(new RegExp(label, 'g'))].map(([pair]) => [
      pair.slice(0, pair.indexOf('=')),
      JSON.parse(pair.slice(pair.indexOf('=') + 1)) as string,
    ]),
  )
}
