import type { Assets } from '../docs-file.ts'
import { html } from '../html.ts'
import { writePage, type LinkTo } from './page.ts'

interface Reference {
  readonly title: string
  /** Path of the OpenAPI document. */
  readonly document: string
  /** `sent`: the reader may try requests, which the page's own server answers. */
  readonly requests: 'sent' | 'shown'
}

/** Writes the page on which a viewer shows an OpenAPI document. */
export function referencePage({ title, document, requests }: Reference, given: { viewer: Assets; own: Assets; link: LinkTo }): string {
  const { viewer, own, link } = given
  return writePage({
    title,
    styles: [link(viewer.style), link(own.style)],
    scripts: [link(viewer.script), link(own.script)],
    bar: html`<a href="${link('index.html')}">All references</a> <strong>${title}</strong> <a href="${link(document)}">${document}</a>`,
    content: html`<main id="reference" data-document="${link(document)}" data-requests="${requests}"></main>`,
  })
}
