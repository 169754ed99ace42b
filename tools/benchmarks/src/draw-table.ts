export type Column<Row> = readonly [title: string, text: (row: Row) => string]

/** Draws rows as a table that is Markdown too. The first and the last column hold words, those between them figures. */
export function drawTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [columns.map(([title]) => title), columns.map(() => ''), ...rows.map((row) => columns.map(([, text]) => text(row)))]
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((line) => line[column]?.length ?? 0)))
  const isWord = (column: number): boolean => column === 0 || column === columns.length - 1
  const drawn = cells.map((line, index) => {
    const texts = line.map((text, column) => {
      const width = widths[column] ?? 0
      if (index === 1) return isWord(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`
      return isWord(column) ? text.padEnd(width) : text.padStart(width)
    })
    return `| ${texts.join(' | ')} |`
  })
  return drawn.join('\n')
}
