import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Answer, defineContract, parseInput, query, RequestRefusedError, subscription, z, type AnyAnswer } from '@ashlar/contract'
import { createRpcListener, type Implementation } from '@ashlar/rpc'
import { createLogger } from '@observability/telemetry'
import { afterEach, describe, expect, it } from 'vitest'
import { curlFor } from './curl.ts'
import { fuzzContract, type Fuzzing, type Tried } from './fuzz-contract.ts'
import { rpcFace } from './rpc-face.ts'

const teas = defineContract({
  name: 'teas',
  version: 1,
  operations: {
    getTea: query({
      input: z.strictObject({ name: z.string().min(1).max(9), cups: z.int().min(1).max(4) }),
      output: z.object({ grams: z.int() }),
      errors: { tea_not_found: { status: 'NOT_FOUND', data: z.object({ name: z.string() }) } },
      policy: { access: 'open' },
    }),
  },
})
const { getTea } = teas
interface Asked {
  readonly name: string
  readonly cups: number
}

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function listening(answer: Parameters<typeof createServer>[1]): Promise<URL> {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close().closeAllConnections())
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

/** Keeps the contract as its handler pleases: nobody checks what it answers. */
function served(answer: (raw: unknown) => AnyAnswer): Promise<URL> {
  const implementation: Implementation = { contract: teas, invoke: new Map([['getTea', async (raw) => answer(raw)]]) }
  const logger = createLogger({ service: 'teas', level: 'silent' })
  const listener = createRpcListener({ implementations: [implementation], authenticate: async () => ({ kind: 'anonymous' }), logger })
  return listening((request, response) => void listener(request, response))
}

async function tried(url: URL, options: Partial<Fuzzing> = {}): Promise<Tried> {
  const fuzzing = { contract: teas, url, face: rpcFace, seed: '1', runs: 10, given: new Map(), as: undefined, keys: undefined, ...options }
  const [only] = await fuzzContract({ ...fuzzing, onOperation: () => undefined })
  if (only === undefined) throw new Error('nothing was tried')
  return only
}

const faultsOf = ({ failures }: Tried): string[] => [...new Set(failures.map(({ fault }) => fault))]
const read = (raw: unknown): Asked => parseInput(getTea, raw) as Asked
const good = (): AnyAnswer => Answer.ok({ grams: 5 })

describe('fuzzing', { timeout: 30_000 }, () => {
  it('asks for no stream, which would never be over', async () => {
    const asked: string[] = []
    const url = await listening(({ url: target = '' }, response) => {
      asked.push(target)
      response.writeHead(500).end()
    })
    const watched = subscription({ input: z.strictObject({}), output: z.object({}), policy: { access: 'open' } })
    const contract = defineContract({ name: 'teas', version: 1, operations: { getTea: query(teas.operations.getTea), watchTea: watched } })
    expect((await tried(url, { contract })).operation.name).toBe('getTea')
    expect(new Set(asked)).toEqual(new Set(['/rpc/teas.v1/getTea']))
  })

  it('finds nothing where the contract is kept', async () => {
    const url = await served((raw) => (read(raw).name === 'x' ? Answer.failed('tea_not_found', { name: 'x' }) : good()))
    const found = await tried(url)
    expect(faultsOf(found)).toEqual([])
    expect(found.outcomes.get('invalid_input')).toBe(found.wrong)
    expect(found.wrong).toBeGreaterThan(10)
  })

  it.each<[string, (raw: unknown) => AnyAnswer, string]>([
    [
      'breaks at an edge',
      (raw) => {
        if (read(raw).cups === 4) throw new Error('no cup left')
        return good()
      },
      'it answered 500 internal',
    ],
    [
      'answers what it did not promise',
      (raw) => (read(raw), Answer.ok({ grams: 0.5 })),
      'its value is not what the contract promises: grams',
    ],
    ['takes what is wrong', good, 'it took an input that is wrong at cups'],
    [
      'refuses what is right',
      (raw) => {
        if (read(raw).name.length === 9) refuse([{ path: ['name'], message: 'too long' }])
        return good()
      },
      'it refused a valid input: 400 invalid_input at name',
    ],
    [
      'names no field',
      (raw) => {
        if (!getTea.input.safeParse(raw).success) refuse([])
        return good()
      },
      'no issue names cups, but nothing',
    ],
    ['gives an error other data', (raw) => (read(raw), Answer.failed('tea_not_found', { title: 'x' })), 'the data of tea_not_found is not'],
  ])('finds a service that %s', async (_what, answer, fault) => {
    const found = await tried(await served(answer))
    expect(faultsOf(found)).toContainEqual(expect.stringContaining(fault))
  })

  it('finds what is shown of the inside', async () => {
    const message = 'TypeError: x is not a function\n    at brew (/srv/teas/brew.ts:7:3)'
    const error = { message, code: -32603, data: { code: 'BAD_REQUEST', httpStatus: 400, reason: 'invalid_input', issues: [] } }
    const url = await listening((_request, response: ServerResponse) => response.writeHead(400).end(JSON.stringify({ error })))
    expect(faultsOf(await tried(url))).toContainEqual(expect.stringContaining('the answer shows the insides: \\n    at brew'))
  })

  it('finds what is no answer at all', async () => {
    const page = await listening((_request, response: ServerResponse) => response.writeHead(502).end('<h1>Bad Gateway</h1>'))
    expect(faultsOf(await tried(page))).toEqual(['the answer cannot be read: it is not JSON'])
    const cut = await listening((request) => request.socket.destroy())
    expect(faultsOf(await tried(cut))).toContainEqual(expect.stringContaining('there was no answer'))
  })

  it('counts an outage that says so, and does not blame the contract', async () => {
    const away = () => {
      throw new RequestRefusedError({ status: 'SERVICE_UNAVAILABLE', reason: 'unavailable' }, 'not now')
    }
    const found = await tried(await served(away))
    expect([faultsOf(found), [...found.outcomes.keys()]]).toEqual([[], ['unavailable']])
  })

  it('shows how to repeat a failure', async () => {
    const url = await served(() => Answer.ok('tea'))
    const { failures } = await tried(url, { runs: 0 })
    expect(failures[0]?.curl).toMatch(
      new RegExp(`^curl -sS -X POST '${url.origin}/rpc/teas\\.v1/getTea' -H 'content-type: application/json' --data-raw '\\{.*\\}'$`),
    )
  })

  it('sends the same for a seed, and half of what is by chance with what is given', async () => {
    const seen: Asked[] = []
    const url = await served((raw) => (seen.push(read(raw)), good()))
    // several are asked at once, in whatever order they arrive
    const sent = () =>
      seen
        .splice(0)
        .map((one) => JSON.stringify(one))
        .toSorted()
    await tried(url)
    const first = sent()
    await tried(url)
    expect(sent()).toEqual(first)
    await tried(url, { seed: '2' })
    expect(sent()).not.toEqual(first)
    await tried(url, { given: new Map([['name', 'assam']]) })
    expect(seen.filter(({ name }) => name === 'assam')).toHaveLength(5)
  })
})

it('repeats a request in a shell, whatever it holds, under a token made anew', () => {
  const request = { method: 'POST', target: '/rpc/teas.v1/getTea', headers: {}, body: `{"name":"o'hara"}` }
  expect(curlFor({ url: new URL('http://127.0.0.1:1'), request, token: 'teas --as customer' })).toBe(
    `curl -sS -X POST 'http://127.0.0.1:1/rpc/teas.v1/getTea' -H "authorization: Bearer $(npm run --silent ashlar -- token teas --as customer)" --data-raw '{"name":"o'\\''hara"}'`,
  )
})

function refuse(issues: RequestRefusedError['issues'] & object): never {
  throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_input' }, 'no', { issues })
}
