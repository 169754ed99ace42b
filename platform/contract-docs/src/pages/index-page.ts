import type { AnyBoundOperation, AnyContract, BoundEvent, Deprecation } from '@ashlar/contract'
import { html, type Html } from '../html.ts'
import { deprecationText } from './deprecation.ts'
import { writePage, type LinkTo } from './page.ts'

/** A contract, and which files of it the reference has. */
export interface DocumentedContract {
  readonly contract: AnyContract
  /** Paths of what was emitted for it; none where its insides are not shown. */
  readonly raw: readonly string[]
}

interface Index {
  readonly title: string
  readonly contracts: readonly DocumentedContract[]
  /** `public`: only what the gateway answers is spoken of. */
  readonly readers: 'public' | 'internal'
}

/** Writes the page from which every reference is found. */
export function indexPage({ title, contracts, readers }: Index, { style, link }: { style: string; link: LinkTo }): string {
  const served = contracts.flatMap(({ contract }) => operationsOf(contract)).filter(({ rest }) => rest !== undefined)
  const main = html`<main class="page">
    <h1>${title}</h1>
    <p class="soft">What is promised, written from the contracts themselves.</p>
    <section class="card">
      <h3>REST</h3>
      <p>
        ${counted(served.length, 'operation')} that the gateway answers. Typed clients (tRPC 11) ask for the same ones at
        <code>/trpc/&lt;contract&gt;.&lt;operation&gt;</code>.
      </p>
      <ul class="links">
        <li><a href="${link('rest.html')}">Browse</a></li>
        <li><a href="${link('openapi.json')}">openapi.json</a></li>
      </ul>
    </section>
    ${goingSoon(contracts, readers)}
    <h2>Contracts</h2>
    <div class="cards">
      ${contracts.filter(({ contract }) => readers === 'internal' || isServed(contract)).map((one) => card(one, link))}
    </div>
  </main>`
  return writePage({ title, styles: [link(style)], content: main })
}

function card({ contract, raw }: DocumentedContract, link: LinkTo): Html {
  const [operations, events] = [operationsOf(contract).length, Object.keys(contract.events).length]
  const pages = [
    ...(isServed(contract) ? [[`${link('rest.html')}#/${contract.name}`, 'REST'] as const] : []),
    ...(raw.some((path) => path.endsWith('/openapi.rpc.json')) ? [[link(`${contract.id}/rpc.html`), 'Between services'] as const] : []),
    ...(raw.some((path) => path.endsWith('/asyncapi.json')) ? [[link(`${contract.id}/events.html`), 'Messages'] as const] : []),
  ]
  const inside = html`<p class="soft">${counted(operations, 'operation')}, ${counted(events, 'event')}</p>`
  return html`<section class="card" id="${contract.id}">
    <h3>${contract.id}</h3>
    ${raw.length === 0 ? undefined : inside}
    <ul class="links">
      ${pages.map(([address, name]) => html`<li><a href="${address}">${name}</a></li>`)}
    </ul>
    ${
      raw.length === 0
        ? undefined
        : html`<details>
            <summary>Files</summary>
            <ul class="links">
              ${raw.map((path) => fileLink(path, link))}
            </ul>
          </details> `
    }
  </section> `
}

function fileLink(path: string, link: LinkTo): Html {
  return html`<li><a href="${link(path)}">${path.slice(path.indexOf('/') + 1)}</a></li>`
}

/** What should not be used any more, for everybody who comes here: nobody reads every page. */
function goingSoon(contracts: readonly DocumentedContract[], readers: 'public' | 'internal'): Html | undefined {
  const all = contracts.flatMap(({ contract }) => [
    ...operationsOf(contract)
      .filter(({ rest }) => readers === 'internal' || rest !== undefined)
      .map(({ address, deprecated }) => [address, deprecated] as const),
    ...(readers === 'internal' ? Object.values(contract.events as Record<string, BoundEvent>) : []).map(
      ({ type, deprecated }) => [type, deprecated] as const,
    ),
  ])
  const going = all.filter((one): one is readonly [string, Deprecation] => one[1] !== undefined)
  if (going.length === 0) return undefined
  const rows = going.map(
    ([name, mark]) =>
      html`<tr>
        <td><code>${name}</code></td>
        <td>${deprecationText(mark)}</td>
      </tr>`,
  )
  return html`<h2>Deprecated</h2>
    <div class="table">
      <table>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div> `
}

function operationsOf({ operations }: AnyContract): AnyBoundOperation[] {
  return Object.values<AnyBoundOperation>(operations as Record<string, AnyBoundOperation>)
}

function isServed(contract: AnyContract): boolean {
  return operationsOf(contract).some(({ rest }) => rest !== undefined)
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
