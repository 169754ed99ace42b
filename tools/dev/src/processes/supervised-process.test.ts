import { expect, it } from 'vitest'
import { helloProgram, smallRepository, type SmallRepository } from '../testing/small-repository.ts'
import { SupervisedProcess } from './supervised-process.ts'

function supervised(repository: SmallRepository): { process: SupervisedProcess; notes: string[] } & AsyncDisposable {
  const notes: string[] = []
  const program = { name: 'hello', main: repository.at('main.ts'), environment: {}, healthPath: '/' }
  const process = new SupervisedProcess(program, {
    cwd: repository.root,
    onLine: () => undefined,
    onNote: (_name, note) => notes.push(note),
    changes: 'watched',
  })
  process.start()
  return { process, notes, [Symbol.asyncDispose]: () => process.stop('hurried') }
}
const patient = { timeout: 10_000 }
// Several starts of a process each, on a machine that may be busy.
const unhurried = { timeout: 30_000 }

it('starts a killed process again, at another address', unhurried, async () => {
  using repository = smallRepository({ 'main.ts': helloProgram() })
  await using started = supervised(repository)
  await expect.poll(() => started.process.isReady, patient).toBe(true)
  const { pid, url } = started.process
  await started.process.kill()
  await expect.poll(() => started.process.isReady, patient).toBe(true)
  expect(started.process.pid).not.toBe(pid)
  expect(started.process.url).not.toBe(url)
  expect(started.notes).toEqual(['ended (SIGKILL), starts again in 0.2 s', `runs again at ${started.process.url}`])
})

it('waits longer each time for one that keeps failing, and shows once what it said', unhurried, async () => {
  using repository = smallRepository({ 'main.ts': `throw new Error('no database here: attempt ' + process.pid)` })
  await using started = supervised(repository)
  await expect.poll(() => started.notes.length, patient).toBe(3)
  expect(started.notes[0]).toMatch(
    /^ended \(exit code 1\) before it was ready, starts again in 0\.2 s; it said:\n    main\.ts:1\n[^]*no database here/,
  )
  expect(started.notes.slice(1)).toEqual([
    'same error, attempt 2; next in 0.4 s, or when its code changes',
    'same error, attempt 3; next in 0.8 s, or when its code changes',
  ])
  expect(started.process.isBroken).toBe(true)
})

it('tells in full what it says when it comes to fail in another way, and after its code has changed', unhurried, async () => {
  using repository = smallRepository({ 'main.ts': `throw new Error('no database here')` })
  await using started = supervised(repository)
  await expect.poll(() => started.notes.length, patient).toBe(2)
  repository.write('main.ts', `throw new Error('no broker either')`)
  await expect.poll(() => started.notes.at(-1), patient).toMatch(/; it said:[^]*no broker either/)
  expect(started.process.isBroken).toBe(false)
  const told = started.notes.length
  await started.process.restart()
  await expect.poll(() => started.notes[told], patient).toMatch(/starts again in 0\.2 s; it said:[^]*no broker either/)
})

it('takes up a mended program at once when restarted', unhurried, async () => {
  using repository = smallRepository({ 'main.ts': `throw new Error('no database here')` })
  await using started = supervised(repository)
  await expect.poll(() => started.notes.length, patient).toBe(1)
  repository.write('main.ts', helloProgram())
  await started.process.restart()
  await expect.poll(() => started.process.isReady, patient).toBe(true)
})

it('is gone after a stop, even when it does not listen to reason', unhurried, async () => {
  using repository = smallRepository({ 'main.ts': helloProgram(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1_000)`) })
  await using started = supervised(repository)
  await expect.poll(() => started.process.isReady, patient).toBe(true)
  const pid = started.process.pid!
  await started.process.stop('hurried')
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(started.process.pid).toBeUndefined()
  expect(started.notes).toEqual([])
})
