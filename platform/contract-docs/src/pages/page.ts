import { html, type Html } from '../html.ts'

/** What a page may load and ask: its own server's files and answers, and nothing else in the world. No script or style stands in a page. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"

/** Says which files this command or package wrote. */
export const generator = 'ashlar contracts docs'

/** Gives the address of a file of the reference, as a page names it. */
export type LinkTo = (path: string) => string

interface Page {
  readonly title: string
  readonly styles: readonly string[]
  readonly scripts?: readonly string[]
  /** What stands above every page: the way back. */
  readonly bar?: Html
  readonly content: Html
}

/** Writes a whole page. The policy stands in it too, for servers of files that send no headers of ours. */
export function writePage({ title, styles, scripts = [], bar, content }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="${generator}" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${styles.map((style) => html`<link rel="stylesheet" href="${style}" /> `)}
      </head>
      <body>
        ${bar === undefined ? undefined : html`<nav class="bar">${bar}</nav> `}${content}
        ${scripts.map((script) => html`<script src="${script}"></script> `)}
      </body>
    </html> `
  return page.text
}
