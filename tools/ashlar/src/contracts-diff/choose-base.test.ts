import { expect, it } from 'vitest'
import { gitCheckout, type GitCheckout } from '../testing/git-checkout.ts'
import { chooseBase } from './choose-base.ts'

const timeout = 60_000

async function withTwoCommits(): Promise<{ checkout: GitCheckout; first: string; second: string }> {
  const checkout = await gitCheckout()
  await checkout.write('contracts/tea/index.ts', '// one')
  const first = await checkout.commit('one')
  await checkout.write('contracts/tea/index.ts', '// two')
  return { checkout, first, second: await checkout.commit('two') }
}
const commitIn = (base: object): unknown => ('commit' in base ? base.commit : undefined)

it(
  'takes the commit before on the main branch, and the last one once a contract is edited',
  async () => {
    const { checkout, first, second } = await withTwoCommits()
    await using _checkout = checkout
    expect(commitIn(await chooseBase(checkout.root, undefined))).toBe(first)
    await checkout.write('README.md', 'no contract')
    expect(commitIn(await chooseBase(checkout.root, undefined))).toBe(first)
    await checkout.write('contracts/coffee/index.ts', '// not known to git yet')
    expect(commitIn(await chooseBase(checkout.root, undefined))).toBe(second)
  },
  timeout,
)

it(
  'takes where a branch left the main branch, however far either went since',
  async () => {
    const { checkout, second } = await withTwoCommits()
    await using _checkout = checkout
    await checkout.git('switch', '--quiet', '--create', 'branch')
    await checkout.write('contracts/tea/index.ts', '// three')
    await checkout.commit('three')
    await checkout.commit('four')
    await checkout.git('switch', '--quiet', 'main')
    await checkout.commit('elsewhere')
    await checkout.git('switch', '--quiet', 'branch')
    expect(await chooseBase(checkout.root, undefined)).toMatchObject({
      commit: second,
      note: expect.stringContaining('where this left main') as string,
    })
  },
  timeout,
)

it(
  'takes what is wished for, but nothing that cannot fail',
  async () => {
    const { checkout, first, second } = await withTwoCommits()
    await using _checkout = checkout
    expect(commitIn(await chooseBase(checkout.root, { ref: first.slice(0, 8), from: '--against' }))).toBe(first)
    for (const from of ['--against', 'ASHLAR_BASE'] as const)
      expect(await chooseBase(checkout.root, { ref: 'HEAD', from })).toMatchObject({
        commit: first,
        note: expect.stringContaining('the commit before') as string,
      })
    await checkout.write('contracts/tea/index.ts', '// three')
    expect(commitIn(await chooseBase(checkout.root, { ref: 'HEAD', from: '--against' }))).toBe(second)
    await expect(chooseBase(checkout.root, { ref: 'nowhere', from: 'ASHLAR_BASE' })).rejects.toThrow('ASHLAR_BASE names "nowhere"')
    await expect(chooseBase(checkout.root, { ref: '--all', from: '--against' })).rejects.toThrow('which is no commit here')
  },
  timeout,
)

it(
  'finds nothing to break only where there really is no earlier commit',
  async () => {
    await using checkout = await gitCheckout()
    await expect(chooseBase(checkout.root, undefined)).rejects.toThrow('there is no commit')
    await checkout.write('contracts/tea/index.ts', '// one')
    const first = await checkout.commit('one')
    expect(await chooseBase(checkout.root, undefined)).toEqual({
      kind: 'none',
      note: `${first.slice(0, 7)} is the first commit there is: there is nothing earlier to break`,
    })

    await checkout.commit('two')
    await using cutOff = await gitCheckout(['--depth=1', `file://${checkout.root}`])
    await expect(chooseBase(cutOff.root, undefined)).rejects.toThrow('cut off')
    await using whole = await gitCheckout([`file://${checkout.root}`])
    expect(commitIn(await chooseBase(whole.root, undefined))).toBe(first)
  },
  timeout,
)
